#!/usr/bin/env python3
"""Draws the demo shop's pictures into `catalogue-images/`, the same ones every time.

    python3 -m venv /tmp/drawing && /tmp/drawing/bin/pip install pillow
    /tmp/drawing/bin/python demo/draw_pictures.py          # all, or name some: zc-001 zc-014

One function a product, named after it; the pen and the cloth are in `drawing.py`.
"""

import sys
from pathlib import Path

from drawing import (
    CENTRE,
    SCALE,
    Picture,
    ankara,
    both,
    denim,
    diamonds,
    ellipse,
    flowers,
    melange,
    mirror,
    mix,
    moved,
    path,
    stripes,
)


def sides(picture, text, paint, **how):
    """A piece on the right and its mirror image on the left."""
    right = path(text)
    return [picture.piece(points, paint, **how) for points in (mirror(right), right)]


def inside_neck(picture, x, y, rx, ry, colour):
    """The back of the garment, seen through the neck."""
    picture.piece(ellipse(x, y, rx, ry), mix(colour, "#120818", 0.45), volume=0.2)


# --- dresses ------------------------------------------------------------------------------------------


def blue_wrap_dress():
    p, blue = Picture("#f3ddd2"), "#2f6fd0"
    p.hanger(drop=66)
    p.piece(both("M400 158 C430 158 446 152 450 146 L462 160 L470 300 L400 360"), mix(blue, "#0a1030", 0.5), volume=0.2)
    for mask, flip in zip(sides(p, "M500 176 C540 220 575 300 612 398 C594 420 568 432 540 434 C524 372 506 330 484 306", blue), (True, False), strict=True):
        folds = [path("M520 230 C550 290 560 350 566 420"), path("M505 260 C530 310 540 370 550 425")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.28)
    skirt = p.piece(path("M338 436 L466 436 C486 560 560 720 604 842 C560 872 470 896 400 894 C330 896 240 872 198 842 C240 720 316 560 338 436"), blue)
    p.folds(skirt, ["M360 450 C340 600 300 740 262 866", "M385 450 C375 620 350 760 332 885", "M452 450 C470 600 520 740 560 860", "M440 450 C450 620 490 780 512 876"], 0.34, 12)
    p.folds(skirt, ["M350 470 C320 600 270 740 230 850", "M470 500 C500 620 560 760 585 840"], 0.3, 8, 5, mix(blue, "#ffffff", 0.7))
    p.piece(path("M355 150 L446 440 L340 440 C332 400 318 340 308 300 C302 262 296 220 290 192 C310 176 336 162 355 150"), blue)
    front = p.piece(path("M445 150 C466 160 492 174 512 192 C504 222 498 262 492 300 C484 340 470 400 466 440 L338 440 C352 400 420 300 445 150"), blue, lift=0.35)
    p.folds(front, ["M348 432 C400 380 450 330 480 290", "M380 436 C420 410 460 370 484 330", "M352 440 C390 350 430 270 449 170"], 0.25, 8)
    over = p.piece(path("M338 446 L468 446 C476 560 470 700 420 888 C330 890 250 870 202 842 C250 720 316 570 338 446"), blue, lift=0.4)
    p.folds(over, ["M440 452 C400 560 330 740 290 868", "M452 452 C440 600 400 760 370 880", "M400 452 C360 580 300 720 240 850"], 0.3, 11)
    p.line("M464 460 C470 600 462 720 420 886", mix(blue, "#000022", 0.35), 3)
    p.piece(path("M334 428 L470 428 L468 456 L334 456"), mix(blue, "#0a1040", 0.18), lift=0.3)
    p.piece(path("M448 452 C470 520 492 570 512 606 L486 620 C462 570 444 520 438 458"), blue, lift=0.35)
    p.piece(path("M440 452 C438 520 436 570 430 632 L404 624 C414 570 424 510 430 450"), blue, lift=0.35)
    p.piece(path("M445 442 C400 404 372 408 366 432 C362 462 410 470 445 446"), blue, lift=0.35)
    p.piece(path("M445 442 C490 404 522 412 524 436 C522 464 480 470 445 446"), blue, lift=0.35)
    p.piece(ellipse(446, 444, 17, 19), mix(blue, "#ffffff", 0.08), lift=0.3)
    return p


def blue_floral_midi():
    p = Picture("#fbe7c6")
    print_ = flowers("#3a7bd5", ["#ffffff", "#fff3c4", "#cfe3ff"], "#f2b632", "#1d4f9f", seed=7, size=14, gap=60)
    p.hanger(span=96, drop=50)
    p.piece(both("M400 190 L470 180 L470 260 L400 260"), "#1c3f7c", volume=0.2)
    for mask, flip in zip(sides(p, "M478 170 C540 140 608 184 604 262 C602 304 570 332 534 326 C510 318 492 310 482 300", print_), (True, False), strict=True):
        folds = [path("M490 178 C530 200 552 250 544 320"), path("M500 166 C560 190 588 240 570 312"), path("M486 200 C508 230 520 270 522 318")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.3, 8)
    for side in (path("M492 306 C520 322 545 330 570 318 L574 338 C545 352 512 344 488 326"), ):
        p.piece(side, "#2a62b5", lift=0.25)
        p.piece(mirror(side), "#2a62b5", lift=0.25)
    skirt = p.piece(both("M400 420 L464 420 C480 440 500 520 530 620 L400 640"), print_)
    p.folds(skirt, ["M440 425 C450 480 480 560 500 620", "M420 425 C425 500 440 560 450 630", "M360 425 C350 480 320 560 300 620", "M385 425 C380 500 362 560 352 630"], 0.32, 9)
    tier = p.piece(both("M400 606 C450 606 500 600 532 590 C560 680 584 770 600 846 C588 862 566 850 548 866 C528 882 506 864 484 880 C462 892 440 874 400 886"), print_, lift=0.45)
    p.folds(tier, ["M425 612 C432 700 440 800 444 880", "M462 610 C480 700 498 800 506 870", "M500 602 C530 690 555 780 570 850", "M375 612 C368 700 360 800 356 880", "M338 610 C320 700 302 800 294 870", "M300 602 C270 690 245 780 230 850", "M400 612 L400 760"], 0.36, 10)
    bodice = p.piece(both("M400 236 L444 234 L446 150 C462 154 476 162 486 172 C490 230 494 270 490 310 C482 350 470 390 466 424 L400 430"), print_)
    p.folds(bodice, ["M440 300 C450 340 452 380 448 420", "M360 300 C350 340 348 380 352 420"], 0.26, 8)
    p.line(both("M400 236 L444 234 L446 152")[:3], "#eaf2ff", 5)
    p.line(mirror(path("M400 236 L444 234 L446 152")), "#eaf2ff", 5)
    p.piece(both("M400 416 L466 412 L467 434 L400 440"), "#2a62b5", volume=0.3, lift=0.2)
    for y in (270, 305, 340, 375):
        p.button(400, y, 7, "#fff6df")
    return p


def red_evening_gown():
    p, red, skin = Picture("#d9e2dc"), "#c3142d", "#e6cfb4"
    p.piece(path("M393 860 L407 860 L409 948 L391 948"), "#8a5a36")
    p.piece(ellipse(400, 950, 82, 13), "#8a5a36")
    bust = p.piece(both("M400 92 C420 92 432 98 432 106 L434 146 C450 168 500 172 520 196 C530 216 512 262 496 300 L400 330"), skin)
    p.folds(bust, ["M400 200 L400 320"], 0.2, 5, 3)
    p.piece(ellipse(400, 96, 33, 12), "#8a5a36")
    p.button(400, 82, 11, "#8a5a36", holes=False)
    skirt = p.piece(path("M326 470 C306 520 300 560 306 620 C300 740 250 850 196 912 C270 936 360 932 428 920 C452 930 560 938 622 906 C560 850 506 740 496 620 C500 560 494 520 474 470"), red)
    p.folds(skirt, ["M340 500 C326 640 310 780 250 918", "M372 520 C366 680 352 800 318 926", "M400 540 C402 700 398 820 380 926", "M430 520 C450 700 500 820 560 918"], 0.36, 13)
    p.folds(skirt, ["M322 540 C316 680 280 820 226 905", "M388 560 C388 720 372 840 350 920"], 0.34, 8, 5, "#ff8a93")
    slit = p.piece(path("M446 600 C450 720 470 830 520 926 C490 930 450 924 430 918 C432 810 436 700 446 600"), mix(red, "#200008", 0.6), volume=0.3)
    p.folds(slit, ["M450 640 C456 740 470 840 492 920"], 0.3, 10)
    p.line("M446 598 C438 700 434 810 430 918", "#e84a5b", 4)
    bodice = p.piece(both("M400 292 C420 258 452 236 500 240 C504 290 494 340 476 390 C470 420 472 450 478 484 L400 492"), red)
    p.folds(bodice, ["M330 330 C370 350 430 340 476 310", "M328 372 C380 396 440 380 474 350", "M328 414 C380 436 430 424 472 392", "M326 456 C380 474 440 462 474 432"], 0.3, 9)
    for flip in (False, True):
        band = path("M400 290 C428 246 470 224 520 218 C544 216 556 232 548 262 C540 282 528 286 514 280 C470 272 440 288 404 318")
        mask = p.piece(mirror(band) if flip else band, mix(red, "#ffffff", 0.06), lift=0.35)
        fold = path("M412 300 C450 262 490 248 540 244")
        p.folds(mask, [mirror(fold) if flip else fold], 0.3, 7)
    p.piece(ellipse(400, 304, 15, 20), "#e9b949", lift=0.3)
    p.button(400, 304, 7, "#fff3cf", holes=False)
    return p


def ankara_dress():
    p = Picture("#cfe5dd")
    print_ = ankara("#f07c1e", "#123f7a", "#ffd34d", "#b3202c", "#fff1cf")
    p.hanger(span=96, drop=52)
    inside_neck(p, 400, 172, 58, 34, "#b3560f")
    sides(p, "M474 158 C520 176 560 220 592 292 C570 316 540 326 510 322 C504 310 494 300 486 296", print_)
    for cuff in (path("M594 288 C572 314 540 326 508 322 L511 338 C548 342 584 326 604 302"),):
        p.piece(cuff, "#123f7a", lift=0.2)
        p.piece(mirror(cuff), "#123f7a", lift=0.2)
    hem = "C602 764 582 790 556 784 C528 776 512 806 482 806 C456 806 440 786 400 800"
    under = p.piece(both("M400 500 L520 560 L604 752 " + hem), "#7f3a07")
    p.folds(under, ["M500 700 L520 790"], 0.3)
    skirt = p.piece(both("M400 420 L464 420 C500 500 570 640 616 740 " + hem), print_)
    p.folds(skirt, ["M425 440 C440 560 462 690 482 800", "M452 440 C490 540 540 680 558 778", "M375 440 C360 560 338 690 318 800", "M348 440 C310 540 260 680 242 778", "M400 450 C402 560 400 690 400 790"], 0.4, 13)
    p.folds(skirt, ["M438 450 C465 570 500 690 520 780", "M362 450 C335 570 300 690 280 780"], 0.25, 9, 6, "#ffe9b0")
    bodice = p.piece(both("M400 216 C432 216 452 192 456 154 C468 154 478 160 490 168 C494 220 498 262 490 300 C484 344 470 384 466 424 L400 430"), print_)
    p.folds(bodice, ["M446 320 C450 360 450 390 446 420", "M354 320 C350 360 350 390 354 420"], 0.35, 7)
    neck = path("M456 152 C452 192 432 216 400 216 C368 216 348 192 344 152")
    p.line(neck, "#123f7a", 11)
    p.line(neck, "#ffd34d", 3)
    p.piece(both("M400 408 L468 404 L470 440 L400 446"), "#123f7a", lift=0.3)
    p.piece(path("M380 404 L424 404 L424 450 L380 450"), "#ffd34d", lift=0.3)
    p.piece(path("M390 414 L414 414 L414 440 L390 440"), "#123f7a", volume=0.2)
    return p


def green_dera():
    p, green = Picture("#f6dfe4"), "#138a78"
    print_ = flowers(green, ["#f8c64a", "#ff8f6b", "#fff0c9"], "#8d2f52", "#0b6154", seed=21, size=17, gap=76)
    p.hanger(span=120, drop=46)
    inside_neck(p, 400, 160, 50, 26, "#0b5a4d")
    wide = p.piece(both("M400 200 C430 190 446 168 448 142 C500 152 580 176 660 214 C700 300 708 400 690 486 C650 504 610 500 572 486 C584 620 600 760 612 884 C540 906 460 912 400 912"), print_)
    curves = [path(c) for c in ("M520 190 C560 300 574 400 572 486", "M480 220 C520 400 540 640 560 890", "M440 330 C460 500 470 700 480 900", "M590 200 C640 300 650 400 640 490")]
    p.folds(wide, curves + [mirror(c) for c in curves], 0.36, 13)
    light = path("M500 210 C545 400 566 640 588 880")
    p.folds(wide, [light, mirror(light)], 0.22, 9, 6, "#d8fff3")
    hem = path("M612 852 C540 874 460 880 400 880 C340 880 260 874 188 852 L186 886 C260 906 340 912 400 912 C460 912 540 906 614 886")
    p.piece(hem, "#8d2f52", volume=0.3)
    p.line("M187 858 C260 880 340 886 400 886 C460 886 540 880 613 858", "#f8c64a", 4, dash=8)
    for flip in (False, True):
        cuff = path("M690 486 C650 504 610 500 572 486 L570 460 C612 474 656 476 697 452")
        p.piece(mirror(cuff) if flip else cuff, "#8d2f52", volume=0.3)
    yoke = p.piece(both("M400 222 C440 206 462 180 466 146 L446 142 C446 168 430 190 400 200"), "#8d2f52", volume=0.3)
    placket = path("M384 206 L416 206 L416 350 L400 372 L384 350")
    p.piece(placket, "#8d2f52", volume=0.3, lift=0.25)
    p.line("M392 214 L392 346 L400 358 L408 346 L408 214", "#f8c64a", 3)
    p.line(both("M400 212 C434 200 454 176 457 146"), "#f8c64a", 3, dash=7, mask=yoke)
    for y in (238, 268, 298, 328):
        p.button(400, y, 4.5, "#f8c64a", holes=False)
    return p


# --- tops ---------------------------------------------------------------------------------------------


def cream_bow_blouse():
    p, cream = Picture("#c9d6e8"), "#fbf0da"
    p.hanger(top=120, span=108, drop=52)
    inside_neck(p, 400, 200, 52, 28, "#c7b48f")
    for mask, flip in zip(sides(p, "M482 186 C548 206 590 300 622 470 C640 540 648 590 640 640 C620 660 590 666 560 656 C556 560 530 420 486 340", cream, volume=0.42), (True, False), strict=True):
        folds = [path("M510 230 C560 340 590 480 600 640"), path("M540 300 C590 420 616 540 618 640"), path("M500 300 C545 420 566 540 576 650")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.22, 9)
    for flip in (False, True):
        cuff = path("M642 634 C620 656 588 664 556 654 L556 704 C588 712 622 704 646 688")
        p.piece(mirror(cuff) if flip else cuff, mix(cream, "#c9a86a", 0.12), lift=0.2, volume=0.4)
        p.button(594 if not flip else 206, 684, 5, "#ffffff")
    body = p.piece(both("M400 232 C430 224 450 204 452 178 C472 180 488 188 500 198 C504 280 502 340 498 400 C504 520 516 640 526 742 C480 762 440 766 400 766"), cream, volume=0.42)
    curves = [path("M470 260 C462 400 470 580 486 750"), path("M440 420 C436 540 440 660 448 762")]
    p.folds(body, curves + [mirror(c) for c in curves], 0.2, 11)
    p.line("M400 250 L400 764", mix(cream, "#8f7444", 0.4), 2.5)
    for y in (470, 530, 590, 650, 710):
        p.button(400, y, 6, "#ffffff")
    collar = p.piece(both("M400 240 C436 232 456 208 458 172 L440 168 C438 196 424 214 400 216"), mix(cream, "#c9a86a", 0.08), lift=0.2)
    p.folds(collar, ["M352 196 C368 222 386 230 400 230"], 0.2, 4)
    for text in ("M392 246 C372 330 356 400 350 462 L396 452 C402 380 406 310 408 250", "M398 246 C420 330 440 390 462 436 L418 462 C404 390 396 320 390 250"):
        tail = p.piece(path(text), cream, lift=0.35, volume=0.42)
        p.folds(tail, ["M396 270 C388 340 380 400 374 450", "M402 270 C414 340 426 390 438 440"], 0.22, 6)
    for flip in (False, True):
        loop = path("M400 240 C440 184 506 180 520 214 C532 252 494 296 400 252")
        mask = p.piece(mirror(loop) if flip else loop, cream, lift=0.35, volume=0.42)
        folds = [path("M410 244 C450 220 480 214 500 222"), path("M412 250 C450 246 476 252 492 262")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.28, 6)
    p.piece(ellipse(400, 246, 17, 21), cream, lift=0.3, volume=0.42)
    return p


def tee(backdrop, colour, neck):
    """A round-neck T-shirt; returns the picture and the mask of its front."""
    p = Picture(backdrop)
    p.hanger(top=120, span=126, drop=54)
    inside_neck(p, 400, 204, 72, 44, colour)
    for mask, flip in zip(sides(p, "M500 190 C566 204 628 244 690 338 C696 352 692 364 678 374 L604 420 C580 384 556 360 530 346", colour, volume=0.4), (True, False), strict=True):
        hem = path("M598 405 C628 390 658 370 684 349")
        p.line(mirror(hem) if flip else hem, neck, 2.5, dash=5, mask=mask)
        fold = path("M530 220 C566 270 590 330 604 395")
        p.folds(mask, [mirror(fold) if flip else fold], 0.3, 8)
    body = p.piece(both("M400 246 C444 244 468 214 472 180 C500 184 532 190 556 202 C560 280 556 340 554 400 C558 540 562 660 564 772 C510 786 450 788 400 788"), colour, volume=0.4)
    curves = [path("M536 330 C500 400 496 480 514 560"), path("M544 560 C520 630 524 700 532 772"), path("M548 300 C510 350 480 380 450 396")]
    p.folds(body, curves + [mirror(c) for c in curves], 0.22, 11, 7)
    rib = mix(colour, "#000000", 0.07) if colour != "#23242b" else "#34363f"
    p.piece(both("M400 254 C450 252 478 218 483 181 L463 178 C460 210 438 234 400 236"), rib, volume=0.3, lift=0.15)
    p.line("M317 184 C323 220 352 255 400 256 C448 255 477 220 483 184", neck, 2)
    p.line("M237 762 C300 776 350 778 400 778 C450 778 500 776 563 762", neck, 2.5, dash=5, mask=body)
    return p, body


def white_tee():
    p, body = tee("#f2c9a8", "#fdfdfb", "#c4c2bd")
    patch = path("M450 330 L516 330 L516 396 L483 414 L450 396")
    p.piece(patch, "#f7f6f2", volume=0.25, lift=0.18)
    p.line("M454 338 L512 338", "#c4c2bd", 2, dash=4, mask=body)
    return p


def matatu_tee():
    p, body = tee("#f7dc8c", "#23242b", "#5c5f6b")
    p.piece(ellipse(400, 478, 118, 118), "#f5b52e", volume=0.1)
    for x, top, wide in ((306, 470, 26), (338, 436, 22), (366, 456, 26), (430, 420, 24), (462, 448, 26), (488, 476, 22)):
        p.piece(path(f"M{x} {top} L{x + wide} {top} L{x + wide} 560 L{x} 560"), "#8a3b1d", volume=0.1, shine=0.05)
    p.piece(path("M394 400 L424 400 L420 560 L398 560"), "#6d2b14", volume=0.1, shine=0.05)
    p.piece(ellipse(409, 398, 24, 8), "#6d2b14", volume=0.1, shine=0.05)
    p.piece(path("M282 500 C282 486 290 480 304 480 L486 480 C504 482 512 500 520 540 L524 590 L282 590"), "#e23b6d", volume=0.25, lift=0.4)
    p.piece(path("M282 548 L520 540 L523 566 L282 572"), "#22c1a4", volume=0.1)
    p.piece(path("M282 572 L523 566 L524 574 L282 580"), "#ffe36b", volume=0.1)
    for x in (298, 344, 390):
        p.piece(path(f"M{x} 494 L{x + 36} 494 L{x + 36} 532 L{x} 532"), "#bfe9ff", volume=0.2)
    p.piece(path("M440 494 L480 494 C492 500 500 516 505 532 L440 532"), "#bfe9ff", volume=0.2)
    for x in (330, 476):
        p.piece(ellipse(x, 592, 25, 25), "#11131a", volume=0.2)
        p.piece(ellipse(x, 592, 12, 12), "#d9dbe3", volume=0.2)
    p.button(517, 556, 6, "#fff7c9", holes=False)
    p.piece(path("M300 472 L470 472 L476 480 L294 480"), "#9c1f49", volume=0.1)
    for index, y in enumerate((626, 640)):
        p.line(f"M{300 + index * 30} {y} L{510 - index * 30} {y}", "#f5b52e", 5, mask=body)
    return p


def kitenge_shirt():
    p = Picture("#e9dccb")
    print_ = diamonds("#7a1734", ["#f2a93b", "#0f5b4f", "#fff0cf", "#c6392c"])
    p.hanger(top=120, span=118, drop=52)
    p.piece(both("M400 176 C430 176 448 170 452 164 L480 200 L400 320"), "#4d0d20", volume=0.2)
    for mask, flip in zip(sides(p, "M494 186 C560 206 618 270 656 378 C660 394 654 402 640 408 C610 420 582 426 562 424 C556 390 540 350 520 330", print_), (True, False), strict=True):
        fold = path("M510 214 C550 280 570 350 574 424")
        p.folds(mask, [mirror(fold) if flip else fold], 0.35, 9)
        band = path("M659 388 C632 404 596 414 560 411 L563 431 C598 434 638 424 665 406")
        p.piece(mirror(band) if flip else band, "#0f5b4f", lift=0.2)
    body = p.piece(both("M400 300 L446 176 C470 180 496 190 518 202 C534 280 534 360 534 420 C540 540 546 640 550 730 C540 754 516 762 484 764 C450 766 430 766 400 766"), print_)
    curves = [path("M500 330 C480 440 488 560 500 680"), path("M470 480 C462 600 466 700 474 810")]
    p.folds(body, curves + [mirror(c) for c in curves], 0.3, 12, 7)
    p.piece(path("M384 268 L416 268 L416 767 L384 767"), "#0f5b4f", volume=0.35, lift=0.3)
    for y in (310, 384, 458, 532, 606, 680):
        p.button(400, y, 8, "#f4e3bf")
    for flip in (False, True):
        wing = path("M400 280 L446 166 C462 166 474 176 480 190 C472 240 452 286 430 318")
        p.piece(mirror(wing) if flip else wing, "#0f5b4f", lift=0.4)
        stitch = path("M408 282 L430 306 C448 280 464 240 471 194")
        p.line(mirror(stitch) if flip else stitch, "#f2a93b", 2, dash=6)
    pocket = path("M440 400 L512 400 L512 470 L476 492 L440 470")
    p.piece(pocket, print_, volume=0.3, lift=0.35)
    p.piece(path("M438 394 L514 394 L514 414 L438 414"), "#0f5b4f", volume=0.3)
    return p


# --- trousers and skirts ------------------------------------------------------------------------------


def mom_jeans():
    p, blue = Picture("#fde2d0"), "#5f93cf"
    cloth = denim(blue, 3)
    seam = "#f3c777"
    p.piece(both("M400 124 C440 124 480 128 499 134 L498 150 L400 160"), mix(blue, "#0a1a3a", 0.5), volume=0.3)
    for flip in (True, False):
        leg = path("M396 150 L502 138 C520 200 548 260 548 340 C548 520 530 720 512 884 L424 890 C420 740 414 560 402 420 L396 400")
        mask = p.piece(mirror(leg) if flip else leg, cloth)
        folds = [path("M404 400 C440 420 480 420 530 400"), path("M406 430 C430 460 460 470 490 470"), path("M440 620 C470 632 500 630 526 614"), path("M436 660 C460 676 490 676 520 660")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.22, 8)
        fade = path("M478 300 C484 420 480 560 470 700")
        p.folds(mask, [mirror(fade) if flip else fade], 0.42, 42, 22, "#e9f3ff")
        for curve, dash in (("M508 160 C526 220 538 270 538 340 C538 520 520 720 502 886", 7), ("M446 176 C452 224 484 246 532 244", 6), ("M440 178 C446 232 482 254 534 252", 6)):
            points = path(curve)
            p.line(mirror(points) if flip else points, seam, 2, dash=dash, mask=mask)
        inner = path("M448 172 C454 222 486 242 530 240")
        p.folds(mask, [mirror(inner) if flip else inner], 0.4, 4, 2)
        cuff = path("M512 846 L421 852 L423 894 L510 888")
        p.piece(mirror(cuff) if flip else cuff, denim(mix(blue, "#ffffff", 0.28), 4), lift=0.3)
    p.line("M400 176 L400 404", mix(blue, "#0a1a3a", 0.5), 3)
    p.line("M412 180 L414 290 C414 320 408 336 401 346", seam, 2, dash=6)
    p.line("M420 180 L422 292 C422 326 412 346 402 358", seam, 2, dash=6)
    band = both("M400 142 C440 142 474 138 500 132 L508 172 C474 180 440 184 400 184")
    p.piece(band, cloth, lift=0.3)
    for offset in (6, 34):
        line = path(f"M{302 - offset / 8} {134 + offset} C330 {141 + offset} 360 {143 + offset} 400 {143 + offset} C440 {143 + offset} 470 {141 + offset} {498 + offset / 8} {134 + offset}")
        p.line(line, seam, 2, dash=7)
    for x in (330, 462):
        p.piece(path(f"M{x} 132 L{x + 13} 131 L{x + 14} 190 L{x + 1} 191"), cloth, lift=0.35)
    p.button(402, 164, 11, "#d8a24a", holes=False)
    for x in (446, 354, 531, 269):
        p.button(x, 182 if x in (446, 354) else 250, 3.5, "#d8a24a", holes=False)
    return p


def wide_trousers():
    p, beige = Picture("#c8d9d2"), "#d8b98c"
    p.piece(both("M400 116 C440 116 476 118 490 126 L480 160 L400 170"), mix(beige, "#3a2410", 0.5), volume=0.3)
    for flip in (True, False):
        leg = path("M398 190 L482 190 C520 260 548 420 566 600 C576 700 584 800 590 880 L440 894 C436 740 424 560 404 420")
        mask = p.piece(mirror(leg) if flip else leg, beige, volume=0.45)
        folds = [path("M440 206 C466 380 500 640 518 884"), path("M462 206 C500 360 540 620 560 880"), path("M424 206 C440 380 464 640 474 888")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.26, 10)
        crease = path("M450 230 C480 400 508 640 530 880")
        p.folds(mask, [mirror(crease) if flip else crease], 0.45, 6, 4, "#fff6e2")
        pocket = path("M470 200 C478 240 496 270 520 290")
        p.line(mirror(pocket) if flip else pocket, mix(beige, "#3a2410", 0.45), 3)
    p.line("M400 196 L401 420", mix(beige, "#3a2410", 0.35), 2.5)
    frill = p.piece(both("M400 150 C412 140 420 150 432 140 C444 132 452 144 464 134 C474 126 484 132 492 124 L484 196 L400 200"), beige, lift=0.3, volume=0.45)
    gathers = [path(f"M{x} 150 L{x + 2} 200") for x in range(326, 480, 18)]
    p.folds(frill, gathers, 0.32, 4, 2)
    p.piece(both("M400 184 L486 180 L488 210 L400 216"), mix(beige, "#5a3515", 0.28), lift=0.3)
    for text in ("M398 206 C380 260 372 300 366 344 L394 350 C402 300 408 260 412 210", "M404 206 C420 250 436 290 452 322 L428 336 C410 290 400 250 394 210"):
        p.piece(path(text), mix(beige, "#5a3515", 0.28), lift=0.35)
    for flip in (False, True):
        loop = path("M400 200 C430 166 470 172 474 196 C474 222 436 228 400 206")
        p.piece(mirror(loop) if flip else loop, mix(beige, "#5a3515", 0.28), lift=0.3)
    p.piece(ellipse(401, 202, 14, 16), mix(beige, "#5a3515", 0.2), lift=0.3)
    return p


def pleated_skirt():
    p, pink = Picture("#d5e6f2"), "#ef7fa6"
    p.piece(ellipse(400, 206, 116, 16), mix(pink, "#30000f", 0.5), volume=0.2)
    top, bottom, pleats = (284, 516), (140, 660), 13
    for index in range(pleats):
        a, b = index / pleats, (index + 1) / pleats
        def at(share, row):
            left, right = (top, bottom)[row]
            return left + (right - left) * share
        def drop(share):
            return 822 - 70 * (2 * share - 1) ** 2
        outline = [(at(a, 0), 226), (at(b, 0) + 4, 226), (at(b, 1) + 6, drop(b)), ((at(a, 1) + at(b, 1)) / 2, drop((a + b) / 2) + 9), (at(a, 1), drop(a))]
        mask = p.piece(outline, pink, volume=0.3, shine=0.1)
        p.folds(mask, [[(at(b, 0), 226), (at(b, 1), drop(b) + 10)]], 0.5, 13, 6)
        light = [(at(a, 0) + 6, 230), (at(a, 1) + 14, drop(a))]
        p.folds(mask, [light], 0.5, 9, 5, "#ffe3ee")
    band = p.piece(both("M400 218 C440 218 484 214 516 206 L522 244 C484 252 440 256 400 256"), mix(pink, "#8c1748", 0.22), lift=0.35)
    p.line("M280 236 C330 248 360 249 400 249 C440 249 470 248 520 236", "#ffd3e2", 2, dash=7, mask=band)
    p.button(400, 238, 10, "#fbe3b3")
    return p


# --- whole outfits ------------------------------------------------------------------------------------


def green_jumpsuit():
    p, green = Picture("#f4d9c6"), "#0f8f5f"
    p.hanger(top=84, span=84, drop=44)
    p.piece(both("M400 190 L446 140 L470 250 L400 320"), mix(green, "#001a10", 0.5), volume=0.2)
    for flip in (True, False):
        leg = path("M398 440 L464 430 C486 480 510 560 530 680 C544 760 556 840 562 912 L440 926 C436 820 424 700 404 590")
        mask = p.piece(mirror(leg) if flip else leg, green)
        folds = [path("M440 450 C464 600 496 760 504 916"), path("M420 470 C440 620 460 780 468 920"), path("M456 470 C490 600 526 760 538 912")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.34, 10)
        crease = path("M450 470 C480 610 512 760 522 914")
        p.folds(mask, [mirror(crease) if flip else crease], 0.35, 6, 4, "#b8ffdf")
    p.folds(mask, ["M402 450 L404 590"], 0.4, 4, 2)
    for flip in (True, False):
        half = path("M338 430 L462 430 C466 390 480 340 492 300 C482 270 476 210 472 164 C464 152 454 146 440 142 C430 210 400 290 340 400") if not flip else path("M462 430 L338 430 C334 390 320 340 308 300 C318 270 324 210 328 164 C336 152 346 146 360 142 C370 210 390 270 430 340")
        mask = p.piece(half, green, lift=0.35)
        folds = [path("M350 420 C400 370 450 300 462 220"), path("M390 428 C430 400 462 350 478 300")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.28, 8)
    p.line("M440 144 C430 210 400 290 342 398", mix(green, "#ffffff", 0.35), 3)
    p.piece(both("M400 416 L464 412 L466 446 L400 450"), mix(green, "#002a1a", 0.35), lift=0.3)
    p.piece(ellipse(400, 432, 27, 25), "#e8bd57", lift=0.3)
    p.piece(ellipse(400, 432, 17, 15), mix(green, "#002a1a", 0.35), volume=0.2)
    p.line("M400 432 L424 432", "#e8bd57", 4)
    return p


def jacket(p, colour, *, lapel, bottom, vee=430, buttons=2, shirt=None):
    """A tailored jacket on its hanger, with sleeves, lapels and pockets."""
    if shirt:
        p.piece(both(f"M400 220 L452 150 L470 200 L430 {vee} L400 {vee + 30}"), shirt, volume=0.3)
    else:
        p.piece(both(f"M400 168 L456 160 L470 240 L420 {vee} L400 {vee}"), mix(colour, "#0c0612", 0.55), volume=0.25)
    p.piece(both("M400 148 C430 148 448 144 456 138 L484 170 L476 196 C450 176 430 172 400 172"), mix(lapel, "#0c0612", 0.2), volume=0.3)
    for mask, flip in zip(sides(p, f"M500 176 C556 190 580 240 592 330 C606 420 616 500 618 {bottom - 40} C600 {bottom - 24} 572 {bottom - 20} 548 {bottom - 28} C546 520 530 400 500 320", colour), (True, False), strict=True):
        folds = [path("M520 220 C556 320 572 440 580 560"), path("M536 380 C560 400 584 400 602 390")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.32, 9)
        for y in (bottom - 60, bottom - 78, bottom - 96):
            p.button(606 if not flip else 194, y, 4.5, mix(colour, "#000000", 0.35), holes=False)
    for flip in (True, False):
        half = path(f"M450 146 C476 156 508 168 528 186 C536 260 526 330 514 390 C512 450 524 520 536 {bottom - 6} C500 {bottom + 12} 452 {bottom + 18} 414 {bottom + 4} L388 {vee + 60} L388 {vee}")
        mask = p.piece(mirror(half) if flip else half, colour, lift=0 if flip else 0.35)
        folds = [path(f"M470 300 C464 400 470 480 478 {bottom - 20}"), path(f"M520 320 C500 370 490 400 486 440")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.28, 9)
        flap = path(f"M446 {bottom - 130} L522 {bottom - 142} L526 {bottom - 112} L448 {bottom - 100}")
        p.piece(mirror(flap) if flip else flap, colour, lift=0.35)
    for flip in (True, False):
        wing = path(f"M452 142 C464 146 474 154 480 162 L474 226 L508 238 L500 268 C474 340 440 400 392 {vee + 6} C420 340 444 250 452 142")
        p.piece(mirror(wing) if flip else wing, lapel, lift=0.4)
        notch = path("M474 226 L446 216")
        p.line(mirror(notch) if flip else notch, mix(lapel, "#000000", 0.4), 2.5)
    for index in range(buttons):
        p.button(404, vee + 28 + index * 62, 9, mix(colour, "#000000", 0.35) if not shirt else "#c9a45c")
    p.line("M466 296 L500 286", mix(colour, "#000000", 0.4), 4)


def navy_suit():
    p, navy = Picture("#dfe3ea"), "#27396b"
    p.hanger(top=84, span=118, drop=60)
    for flip in (True, False):
        leg = path("M392 520 L500 520 C512 640 508 780 496 926 L420 934 C418 820 410 700 400 610")
        mask = p.piece(mirror(leg) if flip else leg, mix(navy, "#000010", 0.12))
        crease = path("M456 620 C462 720 462 820 458 928")
        p.folds(mask, [mirror(crease) if flip else crease], 0.4, 5, 3, "#93a7dd")
        fold = path("M412 640 C430 740 436 840 436 930")
        p.folds(mask, [mirror(fold) if flip else fold], 0.35, 9)
    jacket(p, navy, lapel=mix(navy, "#ffffff", 0.07), bottom=600, vee=388, buttons=2, shirt="#fafafa")
    tie = path("M388 206 L412 206 L408 232 L420 356 L400 392 L380 356 L392 232")
    under = p.piece(tie, "#a3203a", lift=0.3)
    for y in range(240, 400, 22):
        p.line(f"M370 {y} L430 {y - 22}", "#e9b9a8", 3, mask=under)
    p.piece(path("M384 196 L416 196 L408 234 L392 234"), "#a3203a", lift=0.3)
    for flip in (False, True):
        collar = path("M402 204 L448 146 L462 172 L430 240")
        p.piece(mirror(collar) if flip else collar, "#ffffff", lift=0.35, volume=0.3)
    p.piece(path("M466 294 L474 268 L482 286 L492 264 L500 284 L500 290"), "#ffffff", lift=0.2, volume=0.2)
    return p


def maroon_blazer():
    p, maroon = Picture("#e8e0c9"), "#8c1f3d"
    p.hanger(top=84, span=118, drop=60)
    jacket(p, maroon, lapel=mix(maroon, "#ffffff", 0.08), bottom=690, vee=440, buttons=1)
    p.piece(ellipse(404, 468, 13, 13), "#e3b758", lift=0.2)
    p.button(404, 468, 8, "#f0cf85")
    return p


def grey_hoodie():
    p, grey = Picture("#f5d3c8"), "#a9aeb8"
    cloth = melange(grey, 5)
    dark = mix(grey, "#10131c", 0.5)
    for mask, flip in zip(sides(p, "M484 236 C550 250 594 330 622 470 C640 570 650 650 654 716 C630 734 590 740 560 732 C552 620 530 480 490 380", cloth), (True, False), strict=True):
        folds = [path("M510 280 C560 380 590 540 600 720"), path("M540 470 C570 490 600 486 626 470"), path("M550 560 C580 576 610 574 636 560")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.28, 10)
        cuff = path("M656 706 C630 728 590 734 558 726 L562 784 C592 794 630 788 656 772")
        rib = p.piece(mirror(cuff) if flip else cuff, mix(grey, "#10131c", 0.08), lift=0.3)
        lines = [[(x, 712), (x, 792)] for x in range(566, 660, 10)]
        p.folds(rib, [mirror(line) if flip else line for line in lines], 0.3, 3, 1)
    body = p.piece(both("M400 280 C440 270 470 250 476 226 C496 230 514 240 526 250 C532 340 528 420 528 480 C532 600 536 700 536 790 L400 800"), cloth)
    curves = [path("M506 400 C484 500 490 620 500 780"), path("M524 330 C490 380 470 410 452 430")]
    p.folds(body, curves + [mirror(c) for c in curves], 0.25, 12, 7)
    hem = p.piece(both("M400 786 L540 778 L534 838 C490 846 440 848 400 848"), mix(grey, "#10131c", 0.08), lift=0.25)
    p.folds(hem, [[(x, 780), (x, 850)] for x in range(268, 540, 12)], 0.3, 3, 1)
    pocket = p.piece(both("M400 570 L476 570 L512 690 L512 776 L400 780"), cloth, lift=0.35)
    for flip in (False, True):
        stitch = path("M470 578 L504 692")
        p.line(mirror(stitch) if flip else stitch, dark, 2.5, dash=6, mask=pocket)
    hood = p.piece(both("M400 96 C470 96 512 150 510 230 C508 280 460 320 400 352"), cloth, lift=0.4)
    curves = [path("M470 150 C496 200 490 260 440 310"), path("M440 118 C480 150 500 200 494 250")]
    p.folds(hood, curves + [mirror(c) for c in curves], 0.25, 9)
    p.piece(both("M400 136 C448 138 472 180 470 232 C466 276 436 304 400 326"), dark, volume=0.35, lift=0.2)
    p.folds(hood, ["M400 150 L400 320"], 0.25, 4, 2)
    for x, end in ((376, 452), (424, 436)):
        p.line(f"M{x} 318 C{x - 2} 360 {x + 6} 400 {x} {end}", "#f6f4ef", 7)
        p.line(f"M{x} {end} L{x} {end + 16}", "#5a606e", 8)
        p.button(x, 318, 7, "#767d8c", holes=False)
    return p


def denim_jacket():
    p, blue = Picture("#efe1f0"), "#3e6aa8"
    cloth, seam = denim(blue, 9), "#eebc6a"
    p.hanger(top=100, span=118, drop=54)
    p.piece(both("M400 158 C430 158 446 152 452 148 L484 190 L400 270"), "#1f3760", volume=0.2)
    for mask, flip in zip(sides(p, "M498 186 C556 204 590 260 610 360 C626 450 636 560 638 650 C612 668 580 670 556 662 C548 560 532 430 498 340", cloth), (True, False), strict=True):
        folds = [path("M520 230 C560 330 584 470 592 640"), path("M540 400 C570 416 596 412 616 400"), path("M550 470 C578 486 606 482 624 470")]
        p.folds(mask, [mirror(f) if flip else f for f in folds], 0.3, 10)
        fade = path("M570 300 C590 380 602 460 604 560")
        p.folds(mask, [mirror(fade) if flip else fade], 0.3, 26, 14, "#d9e8ff")
        cuff = path("M640 640 C612 660 580 664 554 656 L558 706 C586 714 616 710 642 696")
        p.piece(mirror(cuff) if flip else cuff, cloth, lift=0.3)
        p.button(576 if not flip else 224, 684, 6, "#d8a24a", holes=False)
    for flip in (True, False):
        half = path("M396 250 L452 166 C480 172 508 182 528 198 C536 290 528 370 522 440 C522 540 524 620 526 690 L396 700")
        mask = p.piece(mirror(half) if flip else half, cloth, lift=0 if flip else 0.3)
        fade = path("M470 380 C474 460 474 540 470 640")
        p.folds(mask, [mirror(fade) if flip else fade], 0.3, 30, 16, "#d9e8ff")
        for curve in ("M404 336 L526 326", "M404 344 L526 334", "M438 350 L426 690", "M446 350 L434 690", "M502 344 L490 690", "M510 344 L498 690"):
            points = path(curve)
            p.line(mirror(points) if flip else points, seam, 2, dash=6, mask=mask)
        flap = path("M424 352 L502 346 L504 378 L464 398 L424 382")
        p.piece(mirror(flap) if flip else flap, cloth, lift=0.4)
        edge = path("M430 378 L464 391 L499 374")
        p.line(mirror(edge) if flip else edge, seam, 2, dash=5)
        p.button(464 if not flip else 336, 380, 6, "#d8a24a", holes=False)
    p.piece(path("M388 232 L414 232 L414 700 L388 700"), cloth, lift=0.35)
    for y in (300, 380, 460, 540, 620):
        p.button(401, y, 8.5, "#d8a24a", holes=False)
    waist = p.piece(both("M400 690 L528 680 L524 736 C480 744 440 746 400 746"), cloth, lift=0.3)
    p.line("M276 734 C340 742 460 742 524 730", seam, 2, dash=6, mask=waist)
    p.button(401, 718, 8.5, "#d8a24a", holes=False)
    for flip in (False, True):
        wing = path("M400 244 L450 158 C468 154 482 166 490 188 C488 226 470 262 440 284")
        p.piece(mirror(wing) if flip else wing, cloth, lift=0.45)
        stitch = path("M410 244 L440 274 C462 256 478 226 481 194")
        p.line(mirror(stitch) if flip else stitch, seam, 2, dash=6)
    return p


# --- shoes --------------------------------------------------------------------------------------------


def gold_heels():
    p, gold = Picture("#d8d3ee", floor=720), "#d9a63c"
    def shoe(dx, dy, shade):
        tone = mix(gold, "#3a1c00", shade)
        inner = mix(tone, "#fff2dc", 0.55)
        def put(text):
            return moved(path(text), dx, dy)
        p.piece(put("M566 548 C590 556 612 552 626 540 C622 610 616 690 612 752 L566 752 C572 680 572 610 566 548"), mix(tone, "#4a2600", 0.2), volume=0.6)
        p.piece(put("M166 738 C200 716 250 712 300 716 C400 706 470 620 560 540 C590 520 624 520 632 540 C630 566 604 580 580 584 C500 640 420 744 320 752 C260 758 200 758 168 752"), mix(tone, "#5a3206", 0.5), volume=0.3)
        p.piece(put("M172 730 C210 708 260 704 306 706 C400 694 470 608 560 526 C588 506 622 508 630 530 C624 552 600 562 574 568 C490 630 420 728 318 738 C260 744 196 744 172 738"), inner, volume=0.3)
        p.piece(put("M232 742 C226 700 244 656 286 640 C320 646 350 676 352 734 C320 744 270 748 232 742"), tone, volume=0.55, shine=0.45, lift=0.3)
        p.piece(put("M560 536 C556 490 566 440 590 404 C616 420 636 470 632 540 C612 560 584 556 560 536"), tone, volume=0.55, shine=0.45, lift=0.3)
        back = put("M602 408 C590 380 520 372 476 392 C462 400 458 410 462 418")
        p.line(back, mix(tone, "#3a1c00", 0.5), 13)
        strap = put("M462 418 C476 446 560 452 606 418")
        p.line(strap, mix(tone, "#3a1c00", 0.45), 20)
        p.line(strap, tone, 15)
        p.line([(x, y - 4) for x, y in strap], mix(tone, "#ffffff", 0.5), 3)
        p.piece(moved(ellipse(512, 441, 15, 16), dx, dy), "#f7e2a4", lift=0.3)
        p.piece(moved(ellipse(512, 441, 8, 9), dx, dy), tone, volume=0.2)
        for text in ("M252 742 C246 704 262 668 292 650", "M296 746 C290 704 300 670 318 656"):
            p.line(put(text), mix(tone, "#ffffff", 0.45), 4)
    shoe(70, -70, 0.28)
    shoe(-30, 40, 0)
    return p


def white_sneakers():
    p, white, sky = Picture("#a9cbe8", floor=700), "#fbfbf8", "#6faee4"

    def shoe(dx, dy, shade):
        tone, stitch = mix(white, "#7d8799", shade), mix("#c3c9d4", "#6b7486", shade)
        blue = mix(sky, "#3d4d6b", shade)

        def put(text):
            return moved(path(text), dx, dy)

        p.piece(put("M440 500 C470 470 520 470 560 500 C600 520 640 500 664 480 L650 560 L470 570"), mix(tone, "#4a5364", 0.6), volume=0.3)
        p.piece(put("M400 520 C396 470 408 440 432 430 C456 424 476 440 478 462 C478 486 470 510 456 540"), tone, volume=0.4)
        upper = p.piece(put("M122 692 C122 648 160 622 222 606 C300 584 350 550 402 500 C420 484 442 486 456 500 C480 540 520 560 570 552 C614 544 640 516 652 484 C658 466 684 466 690 486 C702 540 704 620 698 692"), tone, volume=0.45)
        toe = p.piece(put("M122 692 C122 650 160 624 216 608 C250 626 270 656 272 692"), mix(tone, "#7d8799", 0.08), lift=0.15, volume=0.4)
        p.line(put("M220 612 C250 630 268 656 271 690"), stitch, 2.5, dash=6, mask=toe)
        for spot in range(4):
            for row in range(2):
                p.button(dx + 168 + spot * 20, dy + 656 + row * 17 - spot * 5, 2.6, stitch, holes=False)
        p.piece(put("M270 596 C330 576 372 548 412 508 C440 500 456 516 466 536 C448 590 410 640 360 692 L310 692 C306 650 294 620 270 596"), mix(tone, "#7d8799", 0.10), lift=0.2, volume=0.3)
        p.line(put("M466 538 C448 592 410 642 362 690"), stitch, 2.5, dash=6, mask=upper)
        p.piece(put("M632 528 C648 508 652 492 656 480 C664 464 686 470 690 486 C702 540 704 620 698 692 L640 692 C652 630 650 570 632 528"), blue, volume=0.35, lift=0.2)
        p.line(put("M440 690 C480 630 540 600 642 604"), blue, 11, mask=upper)
        p.line(put("M486 692 C520 656 570 636 646 638"), blue, 11, mask=upper)
        p.line(put("M462 528 C486 562 530 572 574 562 C610 552 636 532 648 506"), stitch, 2.5, dash=6, mask=upper)
        for step in range(5):
            x, y = 302 + step * 27, 590 - step * 20
            lace = put(f"M{x} {y} C{x + 22} {y - 2} {x + 36} {y + 12} {x + 48} {y + 30}")
            p.line(lace, stitch, 14)
            p.line([(lx, ly - 1) for lx, ly in lace], mix("#ffffff", "#7d8799", shade / 2), 10)
        for loop in ("M424 500 C380 478 340 486 346 510 C352 528 396 520 424 500", "M424 500 C436 456 480 436 490 460 C494 484 460 498 424 500"):
            p.line(put(loop), stitch, 10)
            p.line(put(loop), mix("#ffffff", "#7d8799", shade / 2), 7)
        p.piece(put("M114 688 C108 724 116 746 136 748 L688 748 C708 744 712 720 706 686 C520 694 300 694 114 688"), mix(tone, "#7d8799", 0.05), volume=0.4, lift=0.2)
        p.line(put("M114 716 C300 723 520 723 707 714"), blue, 4)
        p.line(put("M130 737 L694 737"), stitch, 3, dash=9)

    shoe(34, -150, 0.2)
    shoe(-14, 60, 0)
    return p


def sole(x, flip):
    """The outline of a left or right shoe seen from above, toes up, about `x`."""
    right = path("M0 -330 C52 -336 96 -290 100 -210 C104 -140 82 -90 78 -20 C76 60 92 120 84 220 C78 300 40 330 0 330 C-44 330 -72 300 -76 230 C-82 140 -66 80 -74 0 C-84 -80 -96 -140 -88 -210 C-80 -280 -46 -324 0 -330")
    return [(x + (-px if flip else px), 510 + py) for px, py in right]


def beaded_sandals():
    p = Picture("#f3e3b8")
    beads = ["#d7263d", "#f5f0e6", "#1b6fd0", "#f2a51f", "#1f9e5a", "#17171c"]
    for x, flip in ((270, True), (530, False)):
        p.piece([(px + 7, py + 12) for px, py in sole(x, flip)], "#3c2212", volume=0.3)
        mask = p.piece(sole(x, flip), "#b97a45", volume=0.35)
        p.line(moved(sole(x, flip), about=(x, 510), grow=0.93), "#f1d3a5", 2.5, dash=8, mask=mask)
        p.folds(mask, [ellipse(x, 700, 34, 60), ellipse(x, 330, 46, 50)], 0.14, 20, 14)
        side = -1 if flip else 1
        for y, rows, bow in ((330, 6, 62), (640, 5, 40)):
            for row in range(rows):
                for step in range(27):
                    share = step / 26
                    bx = x - 96 + share * 192 + side * (4 if y == 330 else -4)
                    by = y + row * 13 - bow * (1 - (2 * share - 1) ** 2) + (share - 0.5) * 24 * side
                    p.button(bx, by, 6.2, beads[(row + (step // 3 if row in (2, 3) else 0)) % len(beads)], holes=False)
        p.line([(x + side * 2, 300), (x - side * 16, 205)], "#5a3218", 17)
        p.line([(x + side * 2, 300), (x - side * 16, 205)], "#7d4a25", 12)
        p.button(x - side * 16, 203, 10, "#f2a51f", holes=False)
        p.button(x + side * 1, 286, 20, "#d7263d", holes=False)
        p.button(x + side * 1, 286, 12, "#f5f0e6", holes=False)
        p.button(x + side * 1, 286, 6, "#1b6fd0", holes=False)
    return p


def black_flats():
    p, black = Picture("#f6cdd4"), "#26252c"
    for x, flip in ((270, True), (530, False)):
        outline = sole(x, flip)
        p.piece([(px + 5, py + 9) for px, py in outline], "#0e0d12", volume=0.2)
        mask = p.piece(outline, black, volume=0.4, shine=0.3)
        p.folds(mask, [ellipse(x - 30, 250, 26, 40, start=160, end=260)], 0.5, 16, 10, "#a7a5b5")
        opening = path("M0 -140 C44 -140 66 -110 66 -50 C62 30 72 120 66 210 C60 280 34 306 0 306 C-36 306 -58 280 -62 216 C-68 130 -54 50 -62 -30 C-66 -110 -40 -140 0 -140")
        side = -1 if flip else 1
        opening = [(x + side * px, 510 + py) for px, py in opening]
        p.line(opening + opening[:1], "#4b4a55", 12)
        inner = p.piece(opening, "#e7c9a0", volume=0.5, shine=0.05)
        p.folds(inner, [ellipse(x, 610, 34, 170)], 0.12, 18, 14)
        p.line(ellipse(x, 742, 26, 16), "#b98f5c", 3)
        for wing in ("M0 -158 C30 -196 74 -190 76 -160 C76 -128 30 -128 0 -148", "M0 -158 C-30 -196 -74 -190 -76 -160 C-76 -128 -30 -128 0 -148"):
            loop = p.piece([(x + px, 510 + py) for px, py in path(wing)], "#34333d", lift=0.4, shine=0.4)
            p.folds(loop, [[(x, 355), (x + 50, 345)], [(x, 355), (x - 50, 345)]], 0.35, 5, 3)
        p.piece(ellipse(x, 357, 13, 17), "#e3b758", lift=0.3)
    return p


# --- bag, scarf, belt ---------------------------------------------------------------------------------


def kiondo_bag():
    p, sisal = Picture("#cfe0cf", floor=800), "#e7cd9b"
    bands = [(420, 26, "#b3392f"), (452, 10, "#1e4d6b"), (560, 44, "#1e4d6b"), (576, 12, "#f0b23c"), (612, 12, "#b3392f"), (704, 26, "#b3392f"), (738, 10, "#1e4d6b")]
    weave = stripes(sisal, *bands)
    back = path("M290 372 C280 190 340 120 400 120 C460 120 520 190 510 372")
    for width, colour in ((30, "#4f2c16"), (23, "#8a5330")):
        p.line(back, colour, width)
    p.line(back, "#e0b98a", 2.5, dash=9)
    p.piece(ellipse(400, 368, 218, 40), mix(sisal, "#3a2408", 0.6), volume=0.3)
    bag = p.piece(path("M182 368 C230 424 570 424 618 368 C640 520 626 690 560 812 C500 846 300 846 240 812 C174 690 160 520 182 368"), weave, volume=0.55)
    rng = range(0, 46)
    for row in rng:
        y = 384 + row * 10
        p.folds(bag, [path(f"M150 {y - 26} C250 {y + 12} 550 {y + 12} 650 {y - 26}")], 0.30, 2.2, 0.8)
    p.folds(bag, [[(x, 380), (CENTRE + (x - CENTRE) * 0.82, 850)] for x in range(150, 660, 12)], 0.22, 2.2, 0.8)
    p.folds(bag, ["M250 410 C230 560 250 700 290 820"], 0.28, 34, 22, "#fff7df")
    rim = path("M182 366 C230 424 570 424 618 366 L620 384 C570 446 230 446 180 384")
    p.piece(rim, "#8a5330", lift=0.3)
    p.line("M184 378 C234 434 566 434 616 378", "#e0b98a", 2.5, dash=9)
    front = path("M258 470 C240 240 330 166 400 166 C470 166 560 240 542 470")
    for width, colour in ((34, "#4f2c16"), (27, "#a0633a")):
        p.line(front, colour, width)
    p.line(front, "#f1d3a5", 2.5, dash=9)
    for x in (258, 542):
        p.piece(path(f"M{x - 26} 440 L{x + 26} 440 L{x + 22} 520 C{x + 14} 540 {x - 14} 540 {x - 22} 520"), "#a0633a", lift=0.4)
        p.button(x, 466, 7, "#e3b758", holes=False)
        p.button(x, 508, 7, "#e3b758", holes=False)
    return p


def silk_scarf():
    p = Picture("#f0e2d0")
    square = path("M400 150 L690 440 L400 730 L110 440")

    def inset(share):
        return moved(square, about=(400, 440), grow=share)
    silk = p.piece(square, "#6a2c91", volume=0.3)
    p.piece(inset(0.93), "#f0b23c", volume=0.05, shine=0)
    p.piece(inset(0.905), "#8a3fb5", volume=0.2)
    for share, radius, colour in ((0.79, 9, "#ffd98a"), ):
        ring = inset(share)
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
            for step in range(9):
                p.button(x0 + (x1 - x0) * step / 9, y0 + (y1 - y0) * step / 9, radius, colour, holes=False)
    p.piece(inset(0.68), "#6a2c91", volume=0.15)
    for turn in range(0, 360, 30):
        petal = moved(ellipse(400, 366, 20, 74), turn=turn, about=(400, 440))
        p.piece(petal, "#ef7fa6" if turn % 60 else "#f0b23c", volume=0.25, shine=0.2)
    for radius, colour in ((44, "#ffd98a"), (30, "#8a3fb5"), (14, "#fff3d6")):
        p.piece(ellipse(400, 440, radius, radius), colour, volume=0.15)
    for corner in (inset(0.56)):
        for turn in range(0, 360, 72):
            p.piece(moved(ellipse(corner[0], corner[1] - 13, 8, 13), turn=turn, about=corner), "#ffd98a", volume=0.1)
        p.button(*corner, 6, "#ef7fa6", holes=False)
    p.folds(silk, ["M160 430 C280 480 420 420 560 320", "M200 520 C330 560 480 520 640 420", "M270 330 C380 350 460 300 500 250", "M300 650 C380 640 470 600 540 560"], 0.3, 22, 16)
    p.folds(silk, ["M150 455 C280 510 430 450 590 340", "M240 560 C350 590 500 550 620 460", "M290 310 C380 326 440 290 480 240"], 0.35, 13, 10, "#ffe9ff")
    # The top corner is turned down over the front, and nothing of it is left above the fold.
    p.layer.paste((0, 0, 0, 0), (0, 0, p.layer.width, 240 * SCALE))
    fold = p.piece(path("M309 239 L491 239 C468 272 436 304 400 332 C364 304 332 272 309 239"), "#b784d6", volume=0.4, lift=0.5)
    p.folds(fold, ["M340 246 C360 280 380 300 398 318"], 0.2, 12, 8)
    return p


def leather_belt():
    p, brown = Picture("#cfdbe0", floor=560), "#8b4f29"
    def band(rx, ry, y, height, start, end):
        top = ellipse(400, y, rx, ry, start=start, end=end)
        return top + [(x, py + height) for x, py in top[::-1]]
    p.piece(band(262, 118, 440, 84, 180, 360), mix(brown, "#f0d0a0", 0.35), volume=0.6)
    p.line(ellipse(400, 452, 260, 116, start=186, end=354), mix(brown, "#1c0c02", 0.4), 2.5, dash=9)
    p.piece(band(262, 118, 440, 84, 0, 180), brown, volume=0.55, shine=0.3)
    for dy in (13, 71):
        p.line([(x, y + dy) for x, y in ellipse(400, 440, 262, 118, start=2, end=178)], "#e3b983", 2.5, dash=9)
    tail = path("M380 562 C460 562 560 540 640 486 C660 492 668 512 656 534 C580 604 480 644 380 646")
    p.piece(tail, brown, volume=0.5, shine=0.35, lift=0.45)
    p.line("M384 575 C470 574 560 550 636 498", "#e3b983", 2.5, dash=9)
    p.line("M384 633 C480 630 576 594 648 530", "#e3b983", 2.5, dash=9)
    for x, y in ((478, 602), (524, 588), (568, 568), (610, 543)):
        p.piece(ellipse(x, y, 6, 6.5), "#2a1408", volume=0.1)
    p.piece(path("M452 548 L478 545 L484 655 L456 658"), mix(brown, "#1c0c02", 0.25), lift=0.45)
    frame = path("M306 536 C306 526 314 520 324 520 L406 524 C416 524 422 532 422 542 L424 668 C424 678 416 686 406 686 L322 684 C312 684 306 676 306 666")
    p.piece(frame, "#c9ced6", volume=0.6, shine=0.6, lift=0.5)
    p.piece(path("M328 546 L400 548 L402 660 L328 660"), brown, volume=0.4)
    p.piece(path("M300 594 L412 598 C424 598 428 614 412 616 L300 612"), "#dfe3e9", volume=0.6, shine=0.6, lift=0.4)
    return p


PICTURES = {
    "zc-001": blue_wrap_dress,
    "zc-002": blue_floral_midi,
    "zc-003": red_evening_gown,
    "zc-004": ankara_dress,
    "zc-005": green_dera,
    "zc-006": cream_bow_blouse,
    "zc-007": white_tee,
    "zc-008": matatu_tee,
    "zc-009": kitenge_shirt,
    "zc-010": mom_jeans,
    "zc-011": wide_trousers,
    "zc-012": pleated_skirt,
    "zc-013": green_jumpsuit,
    "zc-014": navy_suit,
    "zc-015": maroon_blazer,
    "zc-016": grey_hoodie,
    "zc-017": denim_jacket,
    "zc-018": gold_heels,
    "zc-019": white_sneakers,
    "zc-020": beaded_sandals,
    "zc-021": black_flats,
    "zc-022": kiondo_bag,
    "zc-023": silk_scarf,
    "zc-024": leather_belt,
}


def main(names):
    folder = Path(__file__).parent / "catalogue-images"
    folder.mkdir(exist_ok=True)
    for name in names or PICTURES:
        PICTURES[name]().save(folder / f"{name}.jpg")


if __name__ == "__main__":
    main(sys.argv[1:])
