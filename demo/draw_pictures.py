#!/usr/bin/env python3
"""Draws the demo shop's pictures into `catalogue-images/`, the same ones every time.

    python3 -m venv /tmp/drawing && /tmp/drawing/bin/pip install pillow
    /tmp/drawing/bin/python demo/draw_pictures.py          # all, or name some: zc-001 zc-014

One function a product; the pen, the light and the cloth are in `drawing/kit.py`.
"""

import sys
from pathlib import Path

from drawing import accessories, bottoms, dresses, outfits, tops

PICTURES = {
    "zc-001": dresses.blue_wrap_dress,
    "zc-002": dresses.blue_floral_midi,
    "zc-003": dresses.red_evening_gown,
    "zc-004": dresses.ankara_dress,
    "zc-005": dresses.green_dera,
    "zc-006": tops.cream_bow_blouse,
    "zc-007": tops.white_tee,
    "zc-008": tops.matatu_tee,
    "zc-009": tops.kitenge_shirt,
    "zc-010": bottoms.mom_jeans,
    "zc-011": bottoms.wide_trousers,
    "zc-012": bottoms.pleated_skirt,
    "zc-013": outfits.green_jumpsuit,
    "zc-014": outfits.navy_suit,
    "zc-015": outfits.maroon_blazer,
    "zc-016": outfits.grey_hoodie,
    "zc-017": outfits.denim_jacket,
    "zc-018": accessories.gold_heels,
    "zc-019": accessories.white_sneakers,
    "zc-020": accessories.beaded_sandals,
    "zc-021": accessories.black_flats,
    "zc-022": accessories.kiondo_bag,
    "zc-023": accessories.silk_scarf,
    "zc-024": accessories.leather_belt,
}


def main(names):
    folder = Path(__file__).parent / "catalogue-images"
    folder.mkdir(exist_ok=True)
    for name in names or PICTURES:
        PICTURES[name]().save(folder / f"{name}.jpg")


if __name__ == "__main__":
    main(sys.argv[1:])
