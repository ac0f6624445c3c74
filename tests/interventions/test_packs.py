"""Packs: what is in one is so from a day on, and what was given out before stays as it was."""

from datetime import timedelta

import pytest

from interventions.packs.action import TooEarly, set_bill
from interventions.syringe_exchange.packs import bills_of
from tests.makers import NOW, TODAY, a_pack, an_exchange


def changed(world, pack, items, day):
    return set_bill(
        pack=pack, items=items, valid_from=day, expected_version=1, at=NOW, by=world.pharmacy_manager
    )


def test_a_pack_holds_on_each_day_what_its_bill_of_that_day_says(world):
    pack = a_pack(world.pharmacy_manager, items={"SYR_FIXED_1": 10})
    changed(world, pack, {"SYR_FIXED_1": 5}, TODAY + timedelta(days=7))

    bills = bills_of(world.pharmacist)

    for days, held in ((-30, 10), (0, 10), (6, 10), (7, 5), (90, 5)):
        assert bills.of(pack.pk, TODAY + timedelta(days=days)).items == {"SYR_FIXED_1": held}


def test_a_changed_bill_leaves_what_was_given_out_alone(world):
    pack = a_pack(world.pharmacy_manager, items={"SYR_FIXED_1": 10})
    earlier = an_exchange(world.pharmacist, world.client, items={"FOIL": 1}, packs={pack.pk: 2})

    changed(world, pack, {"SYR_FIXED_1": 5}, TODAY)

    earlier.refresh_from_db()
    assert (earlier.items, earlier.needles) == ({"SYR_FIXED_1": 20, "FOIL": 1}, 20)
    later = an_exchange(world.pharmacist, world.client, items={}, packs={pack.pk: 2})
    assert later.items == {"SYR_FIXED_1": 10}


def test_a_bill_cannot_begin_before_today(world):
    pack = a_pack(world.pharmacy_manager)

    with pytest.raises(TooEarly):
        changed(world, pack, {"FOIL": 1}, TODAY - timedelta(days=1))
