# Writes summary_writer.tfevents, which the tests of TensorBoard's files read: numbers and pictures in every form that
# PyTorch's SummaryWriter and TensorBoard's own writers have for them.
#
#   pip install torch tensorboard pillow && python summary_writer.py

import glob
import os
import shutil
import tempfile

import numpy as np
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.plugins.scalar.metadata import create_summary_metadata
from tensorboard.util.tensor_util import make_tensor_proto
from torch.utils.tensorboard import SummaryWriter
from torch.utils.tensorboard.summary import make_image

grey = np.arange(12, dtype=np.uint8).reshape(1, 3, 4) * 20
colour = np.zeros((3, 2, 2), dtype=np.uint8)
colour[0, 0, 0] = colour[1, 0, 1] = colour[2, 1, 0] = 255
colour[:, 1, 1] = 255

folder = tempfile.mkdtemp()
writer = SummaryWriter(folder)
for step in range(5):
    writer.add_scalar("loss/D", 1 / (step + 1), step * 10)
writer.add_scalar("loss/G", float("nan"), 40)
writer.add_scalar("new style", 0.25, 7, new_style=True)
writer.add_scalar("double", 0.1, 8, new_style=True, double_precision=True)
writer.add_image("grey", grey, 40)
writer.add_image("colour", colour, 40)
writer.add_text("note", "passed over", 1)
writer.add_histogram("weights", np.arange(10.0), 1)

# As tf.summary.scalar and tf.summary.image write them, in all types of numbers.
for kind in (np.float16, np.float32, np.float64, np.int32, np.int64):
    name = np.dtype(kind).name
    value = Summary.Value(
        tag=f"tensor/{name}", tensor=make_tensor_proto(np.array(3, kind)), metadata=create_summary_metadata("", "")
    )
    writer._get_file_writer().add_summary(Summary(value=[value]), 9)
raw = Summary.Value(tag="tensor/raw")
raw.tensor.dtype = 1
raw.tensor.tensor_content = np.array(2.5, np.float32).tobytes()
writer._get_file_writer().add_summary(Summary(value=[raw]), 9)
png = make_image(grey.transpose(1, 2, 0).repeat(3, axis=2)).encoded_image_string
picture = Summary.Value(tag="tensor/picture", tensor=make_tensor_proto([b"4", b"3", png]))
writer._get_file_writer().add_summary(Summary(value=[picture]), 9)
writer.close()

written = glob.glob(folder + "/*")[0]
shutil.copyfile(written, os.path.join(os.path.dirname(os.path.abspath(__file__)), "summary_writer.tfevents"))
shutil.rmtree(folder)
