"""What the demo shop's pictures are drawn with: outlines, cloth, light and shadow. Needs Pillow only.

Coordinates are those of the finished picture, 800 by 1000, origin top left. Everything is drawn at twice
that size and made smaller at the end, which smooths the edges.
"""

import itertools
import math
import random
import re

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT = 800, 1000
SCALE = 2
FULL = (WIDTH * SCALE, HEIGHT * SCALE)
CENTRE = WIDTH / 2
LIMIT = 60_000


# --- outlines -----------------------------------------------------------------------------------------


def path(text):
    """The points of an SVG path of absolute M, L, Q and C commands."""
    points, command, numbers = [], None, []
    for token in re.findall(r"[MLQC]|-?\d+(?:\.\d+)?", text):
        if token in "MLQC":
            command, numbers = token, []
            continue
        numbers.append(float(token))
        if len(numbers) < {"M": 2, "L": 2, "Q": 4, "C": 6}[command]:
            continue
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        points += [pairs[0]] if command in "ML" else _curve([points[-1], *pairs])
        numbers = []
    return points


def _curve(controls, steps=24):
    degree = len(controls) - 1
    out = []
    for step in range(1, steps + 1):
        t = step / steps
        weights = [math.comb(degree, i) * t**i * (1 - t) ** (degree - i) for i in range(degree + 1)]
        out.append(tuple(sum(w * c[axis] for w, c in zip(weights, controls, strict=True)) for axis in (0, 1)))
    return out


def mirror(points):
    """The same on the other side of the middle."""
    return [(WIDTH - x, y) for x, y in points]


def both(text):
    """A closed outline from its right half, drawn from the middle at the top to the middle at the bottom."""
    right = path(text)
    return right + mirror(right)[::-1]


def ellipse(x, y, rx, ry, turn=0, start=0, end=360):
    """Points of an ellipse or a part of it; angles in degrees, clockwise from the right."""
    out, tilt = [], math.radians(turn)
    for step in range(65):
        angle = math.radians(start + (end - start) * step / 64)
        dx, dy = rx * math.cos(angle), ry * math.sin(angle)
        out.append((x + dx * math.cos(tilt) - dy * math.sin(tilt), y + dx * math.sin(tilt) + dy * math.cos(tilt)))
    return out


def moved(points, dx=0, dy=0, turn=0, about=(CENTRE, HEIGHT / 2), grow=1):
    """Turned by `turn` degrees and scaled about a point, then shifted."""
    angle, (ax, ay) = math.radians(turn), about
    cos, sin = math.cos(angle) * grow, math.sin(angle) * grow
    return [
        (ax + (x - ax) * cos - (y - ay) * sin + dx, ay + (x - ax) * sin + (y - ay) * cos + dy) for x, y in points
    ]


# --- colours and cloth --------------------------------------------------------------------------------


def rgb(colour):
    """A colour as three numbers."""
    return ImageColor.getrgb(colour) if isinstance(colour, str) else colour


def mix(one, other, share):
    """`one` with a share (0 to 1) of `other`."""
    return tuple(round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True))


def cloth(colour):
    """Plain cloth to print on, and the pen to do it with (which works in full-size pixels)."""
    image = Image.new("RGB", FULL, rgb(colour))
    return image, ImageDraw.Draw(image)


def _scaled(points):
    return [(x * SCALE, y * SCALE) for x, y in points]


def flowers(base, petals, heart, leaf, seed, size=15, gap=62):
    """A print of small flowers and leaves, evenly strewn."""
    image, pen = cloth(base)
    rng = random.Random(seed)
    for row in range(HEIGHT // gap + 2):
        for column in range(WIDTH // gap + 2):
            x = (column + (row % 2) / 2) * gap + rng.uniform(-9, 9)
            y = row * gap * 0.86 + rng.uniform(-9, 9)
            turn, r = rng.uniform(0, 72), size * rng.uniform(0.7, 1.15)
            for side in (-1, 1):
                spot = moved(ellipse(x + side * r * 1.8, y + r * 0.9, r * 0.75, r * 0.28, side * 30), turn=turn, about=(x, y))
                pen.polygon(_scaled(spot), fill=leaf)
            colour = rng.choice(petals)
            for petal in range(5):
                angle = math.radians(turn + petal * 72)
                spot = ellipse(x + r * 0.62 * math.cos(angle), y + r * 0.62 * math.sin(angle), r * 0.58, r * 0.44, turn + petal * 72)
                pen.polygon(_scaled(spot), fill=colour)
            pen.polygon(_scaled(ellipse(x, y, r * 0.3, r * 0.3)), fill=heart)
    return image


def ankara(base, ring, inner, heart, accent, gap=104):
    """A wax print: big ringed suns with rays, small diamonds between them."""
    image, pen = cloth(base)
    for row in range(HEIGHT // gap + 2):
        for column in range(WIDTH // gap + 2):
            x, y = (column + (row % 2) / 2) * gap - 4, row * gap * 0.88
            for ray in range(16):
                tip = math.radians(ray * 22.5)
                spot = ellipse(x + 42 * math.cos(tip), y + 42 * math.sin(tip), 9, 3.4, ray * 22.5)
                pen.polygon(_scaled(spot), fill=accent)
            for radius, colour in ((34, ring), (25, inner), (16, base), (9, heart)):
                pen.polygon(_scaled(ellipse(x, y, radius, radius)), fill=colour)
            cx, cy = x + gap / 2, y
            for size, colour in ((13, heart), (7, inner)):
                pen.polygon(_scaled([(cx, cy - size * 1.5), (cx + size * 0.8, cy), (cx, cy + size * 1.5), (cx - size * 0.8, cy)]), fill=colour)
    return image


def diamonds(base, colours, gap=84):
    """A woven-looking print of nested diamonds in rows, with zigzag lines between."""
    image, pen = cloth(base)
    for row in range(HEIGHT // gap + 2):
        y = row * gap
        for column in range(WIDTH // gap + 2):
            x = column * gap + 2
            for share, colour in zip((0.44, 0.31, 0.18, 0.08), colours, strict=True):
                r = gap * share
                pen.polygon(_scaled([(x, y - r), (x + r * 0.86, y), (x, y + r), (x - r * 0.86, y)]), fill=colour)
        zigzag = [(k * gap / 4, y + gap / 2 + (5 if k % 2 else -5)) for k in range(4 * WIDTH // gap + 8)]
        pen.line(_scaled(zigzag), fill=colours[0], width=4 * SCALE, joint="curve")
    return image


def denim(base, seed):
    """Twill: fine slanted threads, lighter and darker."""
    image, pen = cloth(base)
    rng = random.Random(seed)
    for _ in range(42000):
        x, y = rng.uniform(0, FULL[0]), rng.uniform(0, FULL[1])
        shade = mix(base, "#ffffff" if rng.random() < 0.55 else "#0d1b33", rng.uniform(0.04, 0.15))
        length = rng.uniform(6, 16)
        pen.line([(x, y), (x + length * 0.45, y + length)], fill=shade, width=2)
    return image


def melange(base, seed):
    """Sweatshirt jersey: a soft speckle."""
    image, pen = cloth(base)
    rng = random.Random(seed)
    for _ in range(60000):
        x, y = rng.uniform(0, FULL[0]), rng.uniform(0, FULL[1])
        pen.line([(x, y), (x + 5, y)], fill=mix(base, rng.choice(["#ffffff", "#333a44"]), rng.uniform(0.03, 0.12)), width=2)
    return image


def stripes(base, *bands):
    """Level bands as (top, height, colour)."""
    image, pen = cloth(base)
    for top, height, colour in bands:
        pen.rectangle([0, top * SCALE, FULL[0], (top + height) * SCALE], fill=colour)
    return image


# --- the picture --------------------------------------------------------------------------------------


class Picture:
    """One product in front of a soft backdrop."""

    def __init__(self, backdrop, floor=None):
        """`floor`: where the wall meets the floor, for things that stand."""
        self.backdrop, self.floor = backdrop, floor
        self.layer = Image.new("RGBA", FULL, (0, 0, 0, 0))

    def piece(self, points, paint, volume=0.5, shine=0.22, lift=0):
        """A piece of cloth, leather or metal, lit from the top left. Returns its mask, for folds and prints.

        `paint` is a colour or printed cloth; `lift` darkens what lies below it, so that it seems to lie on top.
        """
        mask = Image.new("L", FULL, 0)
        ImageDraw.Draw(mask).polygon(_scaled(points), fill=255)
        if lift:
            below = _shifted(mask.filter(ImageFilter.GaussianBlur(7 * SCALE)), 3, 8)
            below = ImageChops.multiply(below, self.layer.getchannel("A")).point(lambda v: v * lift)
            self._tint(below, (20, 12, 25))
        surface = paint.copy() if isinstance(paint, Image.Image) else Image.new("RGB", FULL, rgb(paint))
        soft = mask.filter(ImageFilter.GaussianBlur(20 * SCALE))
        dark = ImageChops.invert(_shifted(soft, -9, -9)).point(lambda v: v * volume)
        light = ImageChops.invert(_shifted(soft, 12, 12)).point(lambda v: v * shine)
        surface = Image.composite(surface.point(lambda v: v * 0.5), surface, dark)
        surface = Image.composite(surface.point(lambda v: 255 - (255 - v) * 0.45), surface, light)
        self.layer.paste(surface, (0, 0), mask)
        return mask

    def _tint(self, mask, colour):
        alpha = self.layer.getchannel("A")
        self.layer.paste(Image.new("RGB", FULL, colour), (0, 0), mask)
        self.layer.putalpha(alpha)

    def folds(self, mask, curves, strength=0.3, width=9, blur=5, colour=(15, 10, 30)):
        """Soft lines in the cloth of a piece; light ones with a light `colour`."""
        lines = Image.new("L", FULL, 0)
        pen = ImageDraw.Draw(lines)
        for curve in curves:
            points = _scaled(path(curve) if isinstance(curve, str) else curve)
            for index in range(len(points) - 1):
                taper = 1 - abs(2 * index / max(len(points) - 2, 1) - 1) * 0.55 if len(points) > 4 else 1
                pen.line(points[index : index + 2], fill=255, width=max(2, round(width * SCALE * taper)))
        lines = ImageChops.multiply(lines.filter(ImageFilter.GaussianBlur(blur * SCALE)), mask)
        self._tint(lines.point(lambda v: v * strength), colour)

    def line(self, curve, colour, width=3, dash=0, mask=None):
        """A seam, a stitch (with `dash`) or a cord."""
        points = _scaled(path(curve) if isinstance(curve, str) else curve)
        ink = Image.new("L", FULL, 0)
        pen = ImageDraw.Draw(ink)
        if dash:
            points = _dashes(points, dash * SCALE)
            for start, end in points:
                pen.line([start, end], fill=255, width=round(width * SCALE))
        else:
            pen.line(points, fill=255, width=round(width * SCALE), joint="curve")
            half = width * SCALE / 2
            for x, y in (points[0], points[-1]):
                pen.ellipse([x - half, y - half, x + half, y + half], fill=255)
        if mask:
            ink = ImageChops.multiply(ink, mask)
        self.layer.paste(Image.new("RGB", FULL, rgb(colour)), (0, 0), ink)

    def button(self, x, y, r=6, colour="#f4efe6", holes=True):
        """A round button, bead or rivet."""
        pen = ImageDraw.Draw(self.layer)
        for radius, dy, paint in ((r, 1.5, mix(colour, "#000000", 0.45)), (r, 0, colour), (r * 0.72, 0, mix(colour, "#ffffff", 0.3))):
            box = [(x - radius) * SCALE, (y + dy - radius) * SCALE, (x + radius) * SCALE, (y + dy + radius) * SCALE]
            pen.ellipse(box, fill=rgb(paint))
        if holes:
            for dx in (-r * 0.25, r * 0.25):
                box = [(x + dx - 1) * SCALE, (y - 1) * SCALE, (x + dx + 1) * SCALE, (y + 1) * SCALE]
                pen.ellipse(box, fill=mix(colour, "#000000", 0.6))

    def hanger(self, top=92, span=112, drop=58):
        """A wooden hanger whose arms end `span` from the middle; draw it before the garment."""
        hook = path(
            f"M400 {top + 20} L400 {top} C400 {top - 18} 430 {top - 22} 427 {top - 42} C424 {top - 64} 386 {top - 64} 382 {top - 40}"
        )
        self.line(hook, "#8d8f96", 7)
        self.line(hook, "#c9ccd2", 3)
        wood = both(
            f"M400 {top + 12} C430 {top + 14} {400 + span * 0.6} {top + drop * 0.62} {400 + span} {top + drop}"
            f" C{414 + span} {top + drop + 8} {404 + span} {top + drop + 24} {390 + span} {top + drop + 18}"
            f" C{400 + span * 0.5} {top + drop * 0.8} 430 {top + 38} 400 {top + 38}"
        )
        self.piece(wood, "#c08a55", volume=0.4)

    def save(self, file):
        """Puts backdrop, shadow and product together and writes a JPEG of less than `LIMIT` bytes."""
        picture = self._wall()
        product = self._placed()
        alpha = product.getchannel("A")
        for blur, dx, dy, strength in ((26, 16, 24, 0.30), (7, 4, 7, 0.22)):
            shadow = _shifted(alpha.filter(ImageFilter.GaussianBlur(blur * SCALE)), dx, dy)
            picture.paste(mix(self.backdrop, "#1d1330", 0.8), (0, 0), shadow.point([round(v * strength) for v in range(256)]))
        picture.paste(product.convert("RGB"), (0, 0), alpha)
        small = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        for quality in range(88, 40, -2):
            small.save(file, quality=quality, optimize=True, progressive=True)
            if file.stat().st_size < LIMIT:
                return
        raise ValueError(f"{file} does not fit into {LIMIT} bytes")

    def _placed(self):
        """The product in the middle: as large as fits if it hangs on the wall, on its floor if it stands."""
        left, top, right, bottom = self.layer.getbbox()
        part = self.layer.crop((left, top, right, bottom))
        if not self.floor:
            grow = min(650 * SCALE / part.width, 850 * SCALE / part.height, 1.3)
            part = part.resize((round(part.width * grow), round(part.height * grow)), Image.Resampling.LANCZOS)
            top = (FULL[1] - part.height) // 2
        placed = Image.new("RGBA", FULL, (0, 0, 0, 0))
        placed.paste(part, ((FULL[0] - part.width) // 2, top))
        return placed

    def _wall(self):
        top, bottom = mix(self.backdrop, "#ffffff", 0.35), mix(self.backdrop, "#6b5a70", 0.10)
        wall = Image.linear_gradient("L").resize(FULL)
        wall = Image.composite(Image.new("RGB", FULL, bottom), Image.new("RGB", FULL, top), wall)
        glow = Image.new("L", FULL, 0)
        pen = ImageDraw.Draw(glow)
        if self.floor:
            pen.polygon(_scaled(ellipse(CENTRE, self.floor - 215, 305, 305)), fill=120)
        else:
            arch = ellipse(CENTRE, 380, 310, 310, start=180, end=360) + [(710, 1000), (90, 1000)]
            pen.polygon(_scaled(arch), fill=105)
        wall.paste(mix(self.backdrop, "#ffffff", 0.75), (0, 0), glow)
        if self.floor:
            ground = Image.new("L", FULL, 0)
            ImageDraw.Draw(ground).rectangle([0, self.floor * SCALE, *FULL], fill=255)
            wall.paste(mix(self.backdrop, "#8a6a5a", 0.22), (0, 0), ground)
        return wall


def sides(picture, text, paint, **how):
    """A piece on the right and its mirror image on the left."""
    right = path(text)
    return [picture.piece(points, paint, **how) for points in (mirror(right), right)]


def inside_neck(picture, x, y, rx, ry, colour):
    """The back of the garment, seen through the neck."""
    picture.piece(ellipse(x, y, rx, ry), mix(colour, "#120818", 0.45), volume=0.2)


def _shifted(mask, dx, dy):
    """The mask moved; what it moves away from is empty."""
    out = Image.new("L", FULL, 0)
    out.paste(mask, (round(dx * SCALE), round(dy * SCALE)))
    return out


def _dashes(points, length):
    out, pen_down, left = [], True, length
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        distance, done = math.hypot(x1 - x0, y1 - y0), 0.0
        while distance - done > 1e-6:
            step = min(left, distance - done)
            if pen_down:
                a, b = done / distance, (done + step) / distance
                out.append(((x0 + (x1 - x0) * a, y0 + (y1 - y0) * a), (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)))
            done, left = done + step, left - step
            if left <= 1e-6:
                pen_down, left = not pen_down, length
    return out
