"""Referrals as rows of a file. A file refers nobody to a service on this system: that needs the client's say at the time."""

from ims.bulk.layout import Column
from interventions.uploading.layout import KindLayout, as_named
from interventions.uploading.reading import InFile
from referrals.facts import AGREED
from referrals.kind import REFERRAL_IN, REFERRAL_OUT

_REASON = Column("reason", "Reason", "Code, or empty", "", list_key="referral_reason")
IN = KindLayout(
    InFile(REFERRAL_IN, as_named("source", "reason")),
    {
        "source": Column("source", "Referred by", "Code", "4", True, list_key="referral_source"),
        "reason": _REASON,
    },
)
_SAID = {words: "" if said is None else "yes" if said else "no" for said, words in AGREED.items()}


def _typed_out(cells, actor) -> dict[str, str]:
    agreed = cells.get("agreed_to_share", "")
    return {
        **{name: cells.get(name, "") for name in ("destination", "reason", "agreed_how")},
        "agreed": _SAID.get(agreed.lower(), agreed),
    }


OUT = KindLayout(
    InFile(REFERRAL_OUT, _typed_out, column_of=lambda box: "agreed_to_share" if box == "agreed" else box),
    {
        "destination": Column("destination", "Referred to", "Code", "GP", list_key="referral_destination"),
        "reason": Column("reason", "Reason", "Code", "PHYSICAL", True, list_key="referral_reason"),
        "agreed_to_share": Column(
            "agreed_to_share",
            "Agreed to be told of",
            "yes, no, or not asked",
            "not asked",
            words=tuple(_SAID),
        ),
        "agreed_how": Column(
            "agreed_how", "How it was said", "spoken or written, or empty", "", words=("spoken", "written")
        ),
    },
)
