"""Learns what stands on top of the network and writes data/head.bin. Reproducible: closed-form, no random numbers.

    cargo build --release -p duka-vision --example describe
    python train_head.py --photos gallery.jsonl --labels labels.csv --silhouettes silhouettes.jsonl \
        --routes routes.jsonl --out ../data/head.bin

Every .jsonl is what `describe` printed for some pictures. `labels.csv`: image,category,colour of the photographs.
A silhouette's file name begins with its class (`3-017.png`); a route's with `payment`, `other` or `fabric`, anything
else is a product. Prints how well each photograph is read when it is left out of the learning.
"""

import argparse
import csv
import json
import pathlib

import numpy as np

CATEGORIES = (
    "blazer blouse dress hat hoodie jacket longsleeve polo shirt shoes shorts skirt trousers tshirt".split()
)
COLOURS = (
    "beige black blue brown green grey maroon multicolour navy orange pink purple red teal white yellow".split()
)
ROUTES = ["product", "fabric", "payment", "other"]

# Shades that people call so, for colours that the photographs have few of: lightness, a, b.
KNOWN = {
    "black": [(12, 1, -1), (6, 0, 0), (20, 0, -1)], "white": [(80, 0, 1), (68, 0, 1), (90, 0, 2)],
    "grey": [(50, 0, 0), (38, 1, 0), (60, 0, -1)], "blue": [(50, 0, -25), (40, 5, -35), (62, -3, -18), (30, 20, -50)],
    "navy": [(18, 1, -7), (22, 3, -12), (12, 2, -6)], "red": [(45, 58, 30), (40, 50, 30), (52, 60, 35)],
    "maroon": [(24, 28, 8), (20, 22, 7), (30, 32, 10)], "pink": [(60, 35, 3), (72, 20, 3), (55, 60, 0)],
    "purple": [(30, 28, -22), (40, 30, -30), (25, 35, -8)], "orange": [(60, 40, 50), (55, 45, 55)],
    "yellow": [(75, 2, 60), (82, -5, 50), (68, 5, 45)], "green": [(45, -30, 28), (35, -12, 14), (40, -3, 15), (30, -15, 8)],
    "teal": [(50, -22, -8), (60, -22, -4), (40, -18, -10)], "brown": [(30, 10, 14), (22, 6, 7), (40, 13, 20), (15, 5, 5)],
    "beige": [(70, 3, 14), (62, 4, 14), (76, 3, 12)],
}
SILHOUETTE_HEAT, CATEGORY_HEAT, ROUTE_HEAT, NEAR = 8.0, 8.0, 6.0, 0.35
CATEGORY_RIDGE, SILHOUETTE_RIDGE, ROUTE_RIDGE = 0.3, 1.0, 0.3


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def column(rows, key):
    return np.array([row[key] for row in rows], np.float64)


def unit(values):
    return values / np.maximum(np.linalg.norm(values, axis=-1, keepdims=True), 1e-6)


def softmax(values, heat):
    shares = np.exp((values - values.max(-1, keepdims=True)) * heat)
    return shares / shares.sum(-1, keepdims=True)


def place(lab, varies=(8, 4)):
    """As `Shade::place` in colour.rs."""
    lightness, a, b = lab
    chroma = np.hypot(a, b) + 1e-6
    bent = np.log1p(chroma / 8) * 3
    return [lightness / 10, a / chroma * bent, b / chroma * bent, varies[0] / 20 * 0.3, varies[1] / 10 * 0.3]


def ridge(inputs, targets, strength, weights=None):
    """Weights of a linear map, from the dual form; and the outputs for each row when it is left out."""
    inputs = np.hstack([inputs, np.ones((len(inputs), 1))])
    scale = np.ones(len(inputs)) if weights is None else np.sqrt(weights)
    inputs_w, targets_w = inputs * scale[:, None], targets * scale[:, None]
    kernel = inputs_w @ inputs_w.T
    inverse = np.linalg.inv(kernel + strength * np.eye(len(kernel)))
    hat = kernel @ inverse
    outputs = hat @ targets_w
    own = np.diag(hat)[:, None]
    return inputs_w.T @ (inverse @ targets_w), (outputs - own * targets_w) / (1 - own) / scale[:, None]


def read_colour(shade, known, names):
    far = ((known - shade) ** 2).sum(1)
    votes, count = np.zeros(len(COLOURS)), np.ones(len(COLOURS))
    np.add.at(votes, names, np.exp(-(far - far.min()) / (2 * NEAR**2)))
    np.add.at(count, names, 1)
    votes /= np.sqrt(count)
    return votes / votes.sum()


def nearest(similarity, labels, depth):
    """Of the `depth` most similar others, how many have the same label; labels that occur more than twice."""
    similarity = similarity.copy()
    np.fill_diagonal(similarity, -9)
    order = np.argsort(-similarity, 1)
    rows = [row for row in range(len(labels)) if (labels == labels[row]).sum() > 2]
    return np.mean([(labels[order[row, :depth]] == labels[row]).mean() for row in rows])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("photos", "labels", "silhouettes", "routes", "out"):
        parser.add_argument("--" + name, required=True)
    given = parser.parse_args()

    with open(given.labels, encoding="utf-8") as file:
        labels = {row["image"]: (row["category"], row["colour"]) for row in csv.DictReader(file)}
    photos = [row for row in read(given.photos) if pathlib.Path(row["file"]).name in labels]
    named = [labels[pathlib.Path(row["file"]).name] for row in photos]
    category, colour = (np.array([name[at] for name in named]) for at in (0, 1))
    means = [column(photos, key).mean(0) for key in ("garment", "frame")]
    garment, frame = (unit(column(photos, key) - mean) for key, mean in zip(("garment", "frame"), means))

    drawn = read(given.silhouettes)
    classes = np.array([int(pathlib.Path(row["file"]).name[0]) for row in drawn])
    shapes = column(drawn, "garment")
    shapes = unit(shapes - shapes.mean(0))
    targets = np.eye(10)[classes]
    silhouettes = np.linalg.solve(
        shapes.T @ shapes + SILHOUETTE_RIDGE * np.eye(shapes.shape[1]), shapes.T @ (targets - targets.mean(0))
    )
    shares = np.sqrt(softmax(garment @ silhouettes, SILHOUETTE_HEAT))
    inputs = np.hstack([garment, frame, unit(shares - shares.mean(0)) * np.sqrt(0.5)])
    targets = np.array([[name == other for other in CATEGORIES] for name in category], float)
    categories, outputs = ridge(inputs, targets, CATEGORY_RIDGE)
    read_as = softmax(outputs, CATEGORY_HEAT)

    shades = column(photos, "shade")
    prototypes = [(place(lab), COLOURS.index(name)) for name, shades_of in KNOWN.items() for lab in shades_of]
    known = np.vstack([shades, [shade for shade, _ in prototypes]])
    names = np.array([COLOURS.index(name) for name in colour] + [name for _, name in prototypes])
    coloured = np.array([
        read_colour(shade, np.delete(known, row, 0), np.delete(names, row)) for row, shade in enumerate(shades)
    ])

    looks = garment @ garment.T + frame @ frame.T
    kinds = unit(read_as)
    colours = np.sqrt(coloured) @ np.sqrt(coloured).T
    far = np.sqrt(((shades[:, None, :3] - shades[None, :, :3]) ** 2).sum(2))
    print(f"category read {np.mean([CATEGORIES[row] for row in read_as.argmax(1)] == category):.3f}")
    print(f"colour read   {np.mean([COLOURS[row] for row in coloured.argmax(1)] == colour):.3f}")
    for kind_weight in (0.3, 0.6, 1.0):
        for colour_weight in (1.0, 1.5, 2.2, 3.0):
            for shade_weight in (0.05, 0.11):
                similar = looks + kind_weight * kinds @ kinds.T + colour_weight * colours - shade_weight * far
                print(
                    f"kind {kind_weight} colour {colour_weight} shade {shade_weight}: category "
                    + " ".join(f"{nearest(similar, category, depth):.3f}" for depth in (1, 2, 3))
                    + "  colour " + " ".join(f"{nearest(similar, colour, depth):.3f}" for depth in (1, 2, 3))
                )

    uses = read(given.routes) + photos
    def use(row):
        name = pathlib.Path(row["file"]).name.split("-")[0]
        return name if name in ROUTES else "product"
    routed = np.array([ROUTES.index(use(row)) for row in uses])
    inputs = np.hstack(
        [unit(column(uses, key) - mean) for key, mean in zip(("garment", "frame"), means)] + [column(uses, "counts")]
    )
    balance = len(uses) / len(ROUTES) / np.bincount(routed, minlength=len(ROUTES))
    routes, outputs = ridge(inputs, np.eye(len(ROUTES))[routed], ROUTE_RIDGE, balance[routed])
    for at, name in enumerate(ROUTES):
        own = outputs[routed == at].argmax(1)
        print(f"{name:8s} {np.mean(own == at):.3f} of {len(own)} left out one at a time")

    with open(given.out, "wb") as out:
        for part in (*means, silhouettes, shares.mean(0), categories, routes):
            out.write(part.astype("<f4").tobytes())
        out.write(np.hstack([known, names[:, None]]).astype("<f4").tobytes())


if __name__ == "__main__":
    main()
