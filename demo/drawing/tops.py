"""Blouse, T-shirts and shirt."""

from .kit import Picture, both, diamonds, ellipse, inside_neck, mirror, mix, path, sides


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
