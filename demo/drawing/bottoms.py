"""Trousers and skirts."""

from .kit import Picture, both, denim, ellipse, mirror, mix, path


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
