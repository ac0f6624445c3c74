"""Packs: what is in one is so from a day on, and what was given out before stays as it was."""

from datetime import timedelta

import pytest

from interventions.batch_exchange.action import Batch, change_batch
from interventions.packs.action import TooEarly, rename_pack, set_bill
from interventions.syringe_exchange.action import change_exchange
from interventions.syringe_exchange.packs import bills_of
from tests.makers import NOW, TODAY, a_batch, a_pack, an_exchange, exchange_line


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


class Exchanges:
    """How a test records an exchange of so many of a pack, and puts it right."""

    @staticmethod
    def record(world, pack, **said):
        return an_exchange(world.pharmacist, world.client, items={}, packs={pack.pk: 1}, **said)

    @staticmethod
    def put_right(world, held, packs, **said):
        line = exchange_line(world.client, items={}, packs=packs, **said)
        return change_exchange(
            contact=held, line=line, expected_version=held.version, at=NOW, by=world.pharmacist
        )


class Batches:
    """The same of a batch exchange."""

    @staticmethod
    def record(world, pack, **said):
        return a_batch(world.pharmacist, items={}, packs={pack.pk: 1}, **said)

    @staticmethod
    def put_right(world, held, packs, **said):
        batch = Batch(**{"on": TODAY, "items": {}, "packs": packs, **said})
        return change_batch(
            held=held, batch=batch, expected_version=held.version, at=NOW, by=world.pharmacist
        )


of_each_kind = pytest.mark.parametrize("kind", [Exchanges, Batches])
HELD_TEN = {"SYR_FIXED_1": 10}


@pytest.fixture
def pack(world):
    return a_pack(world.pharmacy_manager, items=HELD_TEN)


@of_each_kind
def test_putting_another_thing_right_leaves_what_was_in_the_pack_alone(world, pack, kind):
    held = kind.record(world, pack)
    kept = list(held.packs)
    changed(world, pack, {"SYR_FIXED_1": 5}, TODAY)

    held = kind.put_right(world, held, {pack.pk: 1}, note="Asked twice")

    assert (held.note, held.packs, held.items, held.needles) == ("Asked twice", kept, HELD_TEN, 10)


@of_each_kind
def test_another_number_of_a_pack_is_a_number_of_what_was_in_it(world, pack, kind):
    held = kind.record(world, pack)
    changed(world, pack, {"SYR_FIXED_1": 5}, TODAY)
    rename_pack(pack=pack, name="Green", expected_version=2, at=NOW, by=world.pharmacy_manager)

    held = kind.put_right(world, held, {pack.pk: 3})

    assert held.packs == [{"pack": pack.pk, "name": "Blue", "n": 3, "items": HELD_TEN}]
    assert (held.items, held.needles) == ({"SYR_FIXED_1": 30}, 30)


@of_each_kind
def test_a_pack_that_is_added_later_holds_what_its_bill_of_that_day_says(world, pack, kind):
    red = a_pack(world.pharmacy_manager, "Red", items={"FOIL": 1})
    held = kind.record(world, pack)
    changed(world, pack, {"SYR_FIXED_1": 5}, TODAY)
    changed(world, red, {"FOIL": 7}, TODAY)

    held = kind.put_right(world, held, {pack.pk: 1, red.pk: 2})

    assert held.items == {"SYR_FIXED_1": 10, "FOIL": 14}


@of_each_kind
def test_what_moves_to_another_day_holds_what_the_bill_of_that_day_says(world, pack, kind):
    held = kind.record(world, pack)
    changed(world, pack, {"SYR_FIXED_1": 5}, TODAY)

    held = kind.put_right(world, held, {pack.pk: 2}, on=TODAY - timedelta(days=1))

    assert held.packs == [{"pack": pack.pk, "name": "Blue", "n": 2, "items": {"SYR_FIXED_1": 5}}]
    assert held.items == {"SYR_FIXED_1": 10}


@of_each_kind
def test_what_was_in_the_pack_is_asked_of_the_record_as_it_is_now(world, pack, kind):
    on_the_screen = kind.record(world, pack)
    changed(world, pack, {"SYR_FIXED_1": 5}, TODAY)
    now = type(on_the_screen).objects.get(pk=on_the_screen.pk)
    now = kind.put_right(world, now, {pack.pk: 1}, on=TODAY - timedelta(days=1))
    on_the_screen.version = now.version

    held = kind.put_right(world, on_the_screen, {pack.pk: 1}, on=TODAY)

    assert held.items == {"SYR_FIXED_1": 5}
