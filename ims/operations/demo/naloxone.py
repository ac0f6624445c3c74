"""Naloxone that the demo services supplied: first kits, kits again with the reason, training given, declined, not asked."""

from ims.operations.demo.service import Service
from interventions.naloxone.action import SuppliedKits, record_naloxone
from interventions.naloxone.model import Supply

YES, NO, DECLINED, NOT_ASKED = "Y", "N", "DECLINED", ""


def at_harbour(service: Service) -> None:
    _supply(service, "AB", 240, kits={"NASAL": 1}, supply=Supply.FIRST, training=YES)
    _supply(
        service, "AB", 95, kits={"NASAL": 1}, supply=Supply.AGAIN, reason="USED_OTHER", used=YES, training=NO
    )
    _supply(service, "CD", 130, kits={"INJECTABLE": 1}, supply=Supply.FIRST, training=DECLINED)


def at_riverside(service: Service) -> None:
    _supply(service, "UV", 160, kits={"NASAL": 2}, supply=Supply.FIRST, training=YES)
    _supply(service, "UV", 20, kits={"NASAL": 1}, supply=Supply.AGAIN, reason="LOST", used=NO)
    _supply(service, "ST", 75, kits={"NASAL": 1}, supply=Supply.FIRST, training=NOT_ASKED)


def _supply(service: Service, who: str, days_ago: int, **said) -> None:
    service.record(record_naloxone, SuppliedKits, who, days_ago, **said)
