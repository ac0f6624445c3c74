"""How people of the demo services are doing: at first, at reviews and at the end, with what was declined or not asked.

AB is better and in time; RT's review is due; KL is done. An item that is not there was not asked.
"""

from ims.codelists.instruments import DECLINED
from ims.operations.demo.service import Service
from interventions.wellbeing_assessment.action import Assessment, record_assessments
from interventions.wellbeing_assessment.model import Stage


def at_harbour(service: Service) -> None:
    _assess(
        service, "AB", 245, Stage.FIRST, accommodation="SOFA", employment="12",
        ons4={"satisfied": 3, "worthwhile": 4, "happy": 3, "anxious": 8},
        audit_c={"q1": 1, "q2": 0, "q3": 0},
    )  # fmt: skip
    _assess(
        service, "AB", 150, Stage.REVIEW, accommodation="SOFA",
        ons4={"satisfied": 5, "worthwhile": 4, "happy": 5, "anxious": DECLINED},
    )  # fmt: skip
    _assess(
        service, "AB", 40, Stage.REVIEW, accommodation="RENT_HA", employment="14",
        ons4={"satisfied": 7, "happy": 6, "anxious": 4},
        audit_c={"q1": 1, "q2": 0, "q3": DECLINED},
    )  # fmt: skip
    _assess(
        service, "RT", 116, Stage.FIRST, accommodation="OWN", employment="9",
        ons4={"satisfied": 4, "worthwhile": 5, "happy": 4, "anxious": 7},
        audit_c={"q1": 4, "q2": 3, "q3": 4},
    )  # fmt: skip


def at_riverside(service: Service) -> None:
    _assess(
        service, "KL", 280, Stage.FIRST, accommodation="RENT_PRIV", employment="12",
        audit_c={"q1": 4, "q2": 3, "q3": 3},
        ons4={"satisfied": 2, "worthwhile": 3, "happy": 2, "anxious": 9},
        top_scales={"psyhstat": 5, "phstat": DECLINED, "quallife": 4},
    )  # fmt: skip
    _assess(
        service, "KL", 120, Stage.REVIEW, accommodation="RENT_PRIV",
        audit_c={"q1": 3, "q2": 2, "q3": 2},
        top_scales={"psyhstat": 9, "phstat": 10, "quallife": 9},
    )  # fmt: skip
    _assess(
        service, "KL", 9, Stage.EXIT, accommodation="RENT_PRIV", employment="1",
        audit_c={"q1": 2, "q2": 1, "q3": 0},
        ons4={"satisfied": 8, "worthwhile": 7, "happy": 7, "anxious": 2},
        top_scales={"psyhstat": 15, "phstat": 13, "quallife": 16},
    )  # fmt: skip
    _assess(
        service, "MN", 33, Stage.FIRST, accommodation="NS", employment="99",
        ons4={"satisfied": 5, "anxious": DECLINED},
    )  # fmt: skip


def _assess(
    service: Service,
    who: str,
    days_ago: int,
    stage: Stage,
    *,
    accommodation: str,
    employment: str = "",
    **answers,
) -> None:
    service.record(
        record_assessments, Assessment, who, days_ago,
        stage=stage, accommodation=accommodation, employment=employment, answers=answers,
    )  # fmt: skip
