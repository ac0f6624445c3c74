"""How common things are among the people who come: the numbers behind the made-up data.

Ours, in the spirit of the published reports of Cheshire and Merseyside: about as many people who use image and
performance enhancing drugs (IPED) as inject psychoactive drugs; the former are younger and nearly all men. Weights
need not add up to anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from ims.providers.models import Kind

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Cohort:
    """People of one kind. Ages are years at the first contact; what is left of their contacts are exchanges."""

    weight: float
    women: float  # of the people
    age: tuple[float, float]  # mean, standard deviation
    youngest: int
    brief: float  # of their contacts are brief interventions
    naloxone: float  # of their contacts are supplies of naloxone
    sent: float  # of their contacts are referrals to somewhere else
    assessed: float  # of the people: how they are doing is assessed, again and again
    referred: float  # of the people: somebody sent them
    drugs: Weights
    routes: Weights
    injecting: Weights
    habits: Weights
    help: Weights  # what the brief interventions are


def pick(chance: Random, weights: Weights) -> str:
    """One of the names, the heavier the likelier."""
    return chance.choices(list(weights), list(weights.values()))[0]


# How often somebody comes: visits in all from … to …, days between two from … to …
HABITS: Mapping[str, tuple[int, int, int, int]] = {
    "once or twice": (1, 2, 14, 90),
    "now and then": (3, 14, 10, 40),
    "regularly": (15, 80, 14, 35),
    "weekly": (60, 400, 5, 9),
}

COHORTS: Mapping[str, Cohort] = {
    "psychoactive": Cohort(
        weight=50,
        women=0.135,
        age=(42, 8),
        youngest=17,
        brief=0.24,
        # A kit keeps for two years, and is replaced when it was used or lost: one for some forty exchanges.
        naloxone=0.022,
        sent=0.006,
        # Needle exchange is for everybody who walks in: few are sent, and few are asked how they are doing.
        assessed=0.12,
        referred=0.05,
        drugs={
            "HEROIN": 58, "SPEEDBALL": 12, "CRACK": 9, "COCAINE": 6, "AMPHET": 6, "METHADONE_ILL": 2, "BUP_ILL": 1.5,
            "KETAMINE": 1.5, "METHAMPHET": 1, "MEPHEDRONE": 1, "BENZO": 1, "NITAZENE": 0.5, "OTHER_OPIOID": 0.5,
        },
        routes={"1": 90, "3": 6, "": 4},
        injecting={"C": 88, "P": 6, "Z": 2, "": 4},
        habits={"once or twice": 41, "now and then": 33, "regularly": 17, "weekly": 9},
        help={
            "ADVICE": 24, "SAFER_INJECTING": 20, "OVERDOSE": 14, "BBV_ADVICE": 8, "BBV_TEST": 6, "WOUND": 8, "EBI": 5,
            "ONE_TO_ONE": 4, "HOUSING": 4, "BENEFITS": 2, "BBV_VACCINE": 2, "SEXUAL_HEALTH": 1, "OUTREACH": 2,
        },
    ),
    "iped": Cohort(
        weight=42,
        women=0.03,
        age=(30, 7),
        youngest=17,
        brief=0.22,
        # Hardly anybody of them takes an opioid; they come of their own accord and for equipment.
        naloxone=0.001,
        sent=0.003,
        assessed=0.03,
        referred=0.01,
        drugs={
            "AAS": 78, "HGH": 6, "HCG": 2, "MELANOTAN": 6, "PEPTIDE": 4, "INSULIN": 1, "WEIGHTLOSS": 2, "IPED_OTHER": 1,
        },
        routes={"1": 95, "": 5},
        injecting={"C": 92, "P": 3, "Z": 1, "": 4},
        habits={"once or twice": 50, "now and then": 36, "regularly": 12, "weekly": 2},
        help={"IPED": 50, "ADVICE": 25, "SAFER_INJECTING": 14, "BBV_ADVICE": 5, "EBI": 3, "SEXUAL_HEALTH": 3},
    ),
    "other": Cohort(
        weight=8,
        women=0.3,
        age=(40, 14),
        youngest=16,
        brief=0.82,
        # They are in care rather than at a counter: many were sent by somebody, and many are asked how they are.
        naloxone=0.008,
        sent=0.02,
        assessed=0.4,
        referred=0.4,
        drugs={"ALCOHOL": 52, "CANNABIS": 18, "HEROIN": 10, "CRACK": 8, "COCAINE": 8, "KETAMINE": 2, "SCRA": 2},
        routes={"4": 50, "3": 35, "2": 11, "": 4},
        injecting={"N": 80, "P": 16, "Z": 2, "": 2},
        habits={"once or twice": 48, "now and then": 38, "regularly": 12, "weekly": 2},
        help={
            "ALCOHOL_BI": 34, "ADVICE": 22, "ASSESSMENT": 10, "ONE_TO_ONE": 14, "GROUP": 6, "SMOKING": 4, "HOUSING": 4,
            "BENEFITS": 2, "EMPLOYMENT": 2, "OUTREACH": 2,
        },
    ),
}  # fmt: skip

OLDEST = 78  # years at the first contact
FIRST_INITIALS = dict(zip("JDMSPCARKLGTNBIEWHFVOYZQU", (14, 10, 10, 10, 8, 7, 7, 6, 5, 5, 4, 4, 3, 2, 2, 2, 2, 1, 1, .5, .3, .2, .3, .1, .1), strict=True))  # fmt: skip
LAST_INITIALS = dict(zip("MBSHCWRDJLPTGAKFENOVYIQUXZ", (12, 10, 10, 9, 9, 7, 6, 6, 5, 5, 5, 4, 4, 3, 3, 3, 3, 2, 2, .6, .5, .3, .2, .1, .05, .1), strict=True))  # fmt: skip
ETHNICITIES = {
    "A": 82, "B": 1.5, "C": 2.5, "D": 1, "F": 0.5, "G": 0.7, "H": 0.4, "J": 0.4, "L": 0.6, "M": 0.8, "N": 0.7,
    "R": 0.2, "S": 0.7, "Z": 3, "99": 2, "": 3,
}  # fmt: skip
NATIONALITIES = {"GBR": 85, "IRL": 1.5, "POL": 1.5, "ROU": 1, "LTU": 0.4, "PRT": 0.3, "IRN": 0.3, "": 10}

NO = 0.06  # of clients, by the latest decision
NO_AFTER_YES = 0.25  # of those who say no had said yes before
YES_AFTER_NO = 0.025  # of those who say yes had said no before
YES_AFTER_YES_AND_NO = 0.006  # of those who say yes had taken it back in between
SPOKEN = 0.7  # of decisions; the others are in writing
SAME_EVERYWHERE = 0.9  # of a person's further records carry the first one's decision
DUMMY_CONTACTS = 0.01  # of all contacts are recorded on a provider's dummy
DUMMY_BRIEF = (
    0.1  # of those are brief interventions, the others exchanges: what is about a person is not recorded
)

# How much likelier it is at a service of that kind that people are assessed or were referred: a pharmacy serves and
# seldom asks, a drug and alcohol service begins with both.
CARE: Mapping[str, float] = {Kind.AGENCY: 1.0, Kind.PHARMACY: 0.15, Kind.OUTREACH: 0.6, Kind.SERVICE: 2.0}
MOST_CARE = 0.9  # of the people of a service at most
ASSESSMENTS = (
    0.12  # of the contacts of somebody who is assessed: about one a quarter for who comes every ten days
)
SENT_ON = 0.35  # of people known at a further service were referred there by the one before

# At how many providers a person is known. Among 200,000 some two in a hundred more seem to be: they share an attributor
# with somebody else by accident, as real people do.
SEVERAL = {1: 89.3, 2: 8.4, 3: 1.8, 4: 0.5}
TWINS = 0.0005  # of people have somebody with the same attributor at the same provider

MOVED = 0.02  # of clients: a new postcode later
MISTYPED = 0.01  # a date of birth put right later
FILLED_IN = 0.015  # something asked later

HOMES = {
    "here": 76,
    "in the area": 8,
    "outside": 3,
    "unlisted": 0.5,
    "no fixed abode": 4,
    "refused": 1,
    "": 7.5,
}
