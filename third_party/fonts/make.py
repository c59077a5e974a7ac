#!/usr/bin/python3
"""Makes the fonts of this folder from the npm packages that README.md names.

  apt-get install python3-fonttools python3-brotli
  npm install --prefix DIR PACKAGE@VERSION ...
  ./make.py DIR

Text faces are the packages' files as they are. The display face is Source
Serif 4 at optical size 48 and weight 600, without hints; the Arabic faces are cut down to the
letters of Arabic, Persian and Urdu. What is changed has another name inside, as
the Open Font License asks where a name is reserved.
"""
import hashlib, pathlib, shutil, sys
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

source, here = pathlib.Path(sys.argv[1]) / "node_modules", pathlib.Path(__file__).parent
LICENCES = {"source-serif-4": "@fontsource/source-serif-4", "noto-naskh-arabic": "@fontsource/noto-naskh-arabic", "vazirmatn": "@fontsource/vazirmatn"}


def rename(font, family):
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = family
        elif record.nameID in (3, 4):
            record.string = f"{family} 600"
        elif record.nameID == 6:
            record.string = family.replace(" ", "") + "-600"
    font["name"].names = [r for r in font["name"].names if r.nameID in (0, 1, 2, 3, 4, 5, 6, 13, 14, 16)]


def display(subset):
    font = TTFont(source / f"@fontsource-variable/source-serif-4/files/source-serif-4-{subset}-opsz-normal.woff2")
    font = instantiateVariableFont(font, {"opsz": 48, "wght": 600})
    options = Options()
    options.layout_features, options.hinting, options.name_IDs = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "pnum", "tnum"], False, ["*"]
    cut = Subsetter(options)
    cut.populate(unicodes=font.getBestCmap().keys())
    cut.subset(font)
    rename(font, "Broadsheet Display")
    font.flavor = "woff2"
    font.save(here / f"display-{subset}-600.woff2")


def arabic(package, weight, name):
    font = TTFont(source / f"@fontsource/{package}/files/{package}-arabic-{weight}-normal.woff2")
    options = Options()
    options.flavor, options.layout_features, options.hinting = "woff2", ["*"], False
    keep = set(range(0x600, 0x653)) | {0x20, 0xA0, 0x655, 0x670, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F}
    keep |= set(range(0x660, 0x66E)) | {0x671, 0x679, 0x67E, 0x686, 0x688, 0x691, 0x698, 0x6A9, 0x6AF, 0x6BA, 0x6BE, 0x6C0, 0x6C1, 0x6C2, 0x6C3, 0x6CC, 0x6D2, 0x6D3, 0x6D4, 0x6D5}
    keep |= set(range(0x6F0, 0x6FA))
    cut = Subsetter(options)
    cut.populate(unicodes=keep)
    cut.subset(font)
    font.flavor = "woff2"
    font.save(here / f"{name}-arabic-{weight}.woff2")


for subset in ("latin", "latin-ext", "cyrillic"):
    display(subset)
    for face in ("400-normal", "600-normal") + (("400-italic",) if subset != "latin-ext" else ()):
        shutil.copy(source / f"@fontsource/source-serif-4/files/source-serif-4-{subset}-{face}.woff2", here / f"text-{subset}-{face.removesuffix('-normal')}.woff2")
arabic("noto-naskh-arabic", 400, "naskh")
arabic("vazirmatn", 700, "vazirmatn")
for short, package in LICENCES.items():
    shutil.copy(source / package / "LICENSE", here / f"LICENSE-{short}.txt")
for file in sorted(here.glob("*.woff2")):
    print(f"| {file.name} | {file.stat().st_size:,} | `{hashlib.sha256(file.read_bytes()).hexdigest()}` |")
