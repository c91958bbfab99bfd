"""Jumpsuit, suit, blazer, hoodie and jacket."""

from .kit import Picture, both, denim, ellipse, melange, mirror, mix, path, sides


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
        folds = [path(f"M470 300 C464 400 470 480 478 {bottom - 20}"), path("M520 320 C500 370 490 400 486 440")]
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
