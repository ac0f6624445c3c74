"""Which column is which, in the layouts of 2017 to 2026.

Names change with the year: `oslaua` and `laua` became `lad25cd`, then `lad26cd`; `osward` became `wd25cd`. So a column
is found by the form of its name, and where two years stand side by side the later one is taken.
"""

import re
from dataclasses import dataclass

from ims.geography.loading.files import FileRefused
from ims.geography.models import Product
from ims.geography.postcodes import is_well_formed, spaced

CODE_POINT_WIDTH = 10  # columns of Code-Point Open, whose files have no header

# The first pattern that some column's name matches decides; of several matches, the highest number in the name.
_POSTCODE = ("pcds", "pcd8", "pcd2", "pcd7", "pcd", "postcode")
_AUTHORITY = (r"lad\d\dcd", r"oslaua", r"laua", r"lad_at_\d{4}", r"admin_district_code", r"authority_code")
_WARD = (r"wd\d\dcd", r"osward", r"ward", r"ward_\d{4}", r"admin_ward_code")
_LSOA = (r"lsoa21(?:cd)?", r"lsoa\d\d(?:cd)?")
_TERMINATED = (r"doterm",)
# Only the directory has parishes; a lookup with dates of introduction and without parishes is the NSPL.
_DIRECTORY_ALONE = re.compile(r"parish|parncp\d\dcd|oslaua")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a row stand. `width` is the number of columns; None is a part that the file does not have."""

    product: Product
    width: int
    has_header: bool
    postcode: int
    authority: int
    ward: int | None = None
    lsoa: int | None = None
    terminated: int | None = None


CODE_POINT_OPEN = Layout(
    Product.CODE_POINT_OPEN, CODE_POINT_WIDTH, has_header=False, postcode=0, authority=8, ward=9
)


def recognise(first_row: list[str], where: str) -> Layout:
    """The layout of a file, from its first row. Raises FileRefused, naming the file by `where`."""
    if first_row and is_well_formed(spaced(first_row[0])):
        return _without_header(first_row, where)
    names = [name.strip().lower() for name in first_row]
    postcode, authority = _column(names, _POSTCODE), _column(names, _AUTHORITY)
    if postcode is None:
        raise FileRefused(f"The first row of {where} names no postcode column (pcds, pcd or postcode).")
    if authority is None:
        raise FileRefused(
            f"The first row of {where} names no authority column (lad25cd, oslaua, laua or the like)."
        )
    return Layout(
        product=_product(names),
        width=len(names),
        has_header=True,
        postcode=postcode,
        authority=authority,
        ward=_column(names, _WARD),
        lsoa=_column(names, _LSOA),
        terminated=_column(names, _TERMINATED),
    )


def _without_header(first_row: list[str], where: str) -> Layout:
    if len(first_row) != CODE_POINT_WIDTH:
        raise FileRefused(
            f"{where} has no header and {len(first_row)} columns, where Code-Point Open has {CODE_POINT_WIDTH}."
        )
    return CODE_POINT_OPEN


def _column(names: list[str], patterns: tuple[str, ...]) -> int | None:
    for pattern in patterns:
        if matching := [name for name in names if re.fullmatch(pattern, name)]:
            return names.index(max(matching))
    return None


def _product(names: list[str]) -> Product:
    if "admin_district_code" in names:
        return Product.CODE_POINT_OPEN
    if "dointr" not in names:
        return Product.OTHER
    return Product.ONSPD if any(map(_DIRECTORY_ALONE.fullmatch, names)) else Product.NSPL
