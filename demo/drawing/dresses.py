"""The shop's dresses."""

from .kit import Picture, ankara, both, ellipse, flowers, inside_neck, mirror, mix, path, sides


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
    cuff = path("M492 306 C520 322 545 330 570 318 L574 338 C545 352 512 344 488 326")
    p.piece(cuff, "#2a62b5", lift=0.25)
    p.piece(mirror(cuff), "#2a62b5", lift=0.25)
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
    cuff = path("M594 288 C572 314 540 326 508 322 L511 338 C548 342 584 326 604 302")
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
