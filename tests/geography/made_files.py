"""Small postcode files in the layouts of the real products, made by the tests that load them."""

import csv
import gzip
import io
import zipfile
from pathlib import Path

LIVERPOOL, SEFTON, WIRRAL, CITY_OF_LONDON = "E08000012", "E08000014", "E08000015", "E09000001"

ONSPD_2024 = (
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,"
    "ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,nuts,statsward,oa01,casward,park,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,"
    "msoa11,wz11,ccg,bua22,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21,ru21ind"
)
ONSPD_2025 = (
    "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd,parncp25cd,usrtypind,east1m,north1m,gridind,hlth19cd,"
    "nhser24cd,ctry25cd,rgn25cd,ssr95cd,pcon24cd,eer20cd,educ23cd,ttwa15cd,pco19cd,itl25cd,wdstl05cd,oa01cd,wdcas03cd,"
    "npark16cd,lsoa01cd,msoa01cd,ruc01ind,oac01ind,oa11cd,lsoa11cd,msoa11cd,wz11cd,bua24cd,ruc11ind,oac11ind,lat,long,"
    "lep21cd1,lep21cd2,pfa23cd,imd20ind,cal24cd,oa21cd,lsoa21cd,msoa21cd,ruc21ind,icb23cd,sicbl24cd"
)
NSPL_2018 = (
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa11,cty,ced,laua,ward,hlthau,nhser,ctry,rgn,pcon,"
    "eer,teclec,ttwa,pct,nuts,park,lsoa11,msoa11,wz11,ccg,bua11,buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,"
    "stp"
)
NSPL_2024 = (
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,ttwa,"
    "itl,npark,lsoa21,msoa21,wz11,sicbl,bua22,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,icb"
)
NSPL_2026 = (
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty26cd,ced25cd,lad26cd,wd26cd,nhser24cd,"
    "ctry26cd,rgn26cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl26cd,bua24cd,ruc21ind,oac21ind,"
    "lat,long,lep21cd1,lep21cd2,pfa23cd,imd25ind,icb26cd"
)

METADATA = (
    "ORDNANCE SURVEY\nPRODUCT: OS CODE-POINT_03.02\nDATASET VERSION NUMBER: 2026.2.0\n      {area}\t{rows}\n"
)


def csv_text(rows) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def with_header(header: str, *rows: dict[str, str]) -> str:
    """A CSV with a product's whole header, in which a row names only the cells that matter."""
    names = header.split(",")
    return csv_text([names, *([row.get(name, "") for name in names] for row in rows)])


def simple(rows) -> str:
    """A CSV of postcode and authority."""
    return csv_text([["postcode", "lad25cd"], *rows])


def code_point(rows) -> str:
    """One area of Code-Point Open: ten columns, no header. A row is postcode, authority and ward."""
    return csv_text(
        [postcode, "10", "334864", "389326", "E92000001", "E19000001", "E18000002", "", authority, ward]
        for postcode, authority, ward in rows
    )


def some_postcodes(count: int, authority: str = LIVERPOOL) -> list[tuple[str, str]]:
    """Well-formed postcodes L1 0AA, L1 0AB …, all in one authority."""
    letters = "ABDEFGHJLN"
    every = (f"L{d} {n}{a}{b}" for d in range(1, 40) for n in range(10) for a in letters for b in letters)
    return [(next(every), authority) for _ in range(count)]


def write(folder: Path, name: str, text: str) -> Path:
    """A file of text; gzipped if the name ends in .gz."""
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


def write_zip(folder: Path, name: str, **members: str) -> Path:
    """A zip; `Data__CSV__l_csv` becomes Data/CSV/l.csv."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in members.items():
            folder_and_name, _, suffix = member.rpartition("_")
            archive.writestr(f"{folder_and_name.replace('__', '/')}.{suffix}", text)
    return path
