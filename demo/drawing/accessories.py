"""Shoes, bag, scarf and belt."""

from .kit import CENTRE, SCALE, Picture, ellipse, mix, moved, path, stripes


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
    for row in range(46):
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
    border = inset(0.79)
    for (x0, y0), (x1, y1) in zip(border, border[1:] + border[:1], strict=True):
        for step in range(9):
            p.button(x0 + (x1 - x0) * step / 9, y0 + (y1 - y0) * step / 9, 9, "#ffd98a", holes=False)
    p.piece(inset(0.68), "#6a2c91", volume=0.15)
    for turn in range(0, 360, 30):
        petal = moved(ellipse(400, 366, 20, 74), turn=turn, about=(400, 440))
        p.piece(petal, "#ef7fa6" if turn % 60 else "#f0b23c", volume=0.25, shine=0.2)
    for radius, colour in ((44, "#ffd98a"), (30, "#8a3fb5"), (14, "#fff3d6")):
        p.piece(ellipse(400, 440, radius, radius), colour, volume=0.15)
    for corner in inset(0.56):
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
