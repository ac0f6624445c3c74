"""The line that the Open Government Licence v3.0 asks to be shown wherever the postcode lookup is used."""


def attribution_for(year: int) -> str:
    """The line for data published in a year."""
    right = f"copyright and database right {year}"
    return (
        f"Contains Ordnance Survey data © Crown {right}. Contains Royal Mail data © Royal Mail {right}. "
        f"Contains National Statistics data © Crown {right}. Source: Office for National Statistics licensed under "
        "the Open Government Licence v3.0."
    )


# For the foot of every page, which runs no query of its own. It is true of a fresh installation too, because the
# example postcodes ship with the project; a loaded edition carries its own line in Edition.attribution.
ATTRIBUTION = attribution_for(2025)
