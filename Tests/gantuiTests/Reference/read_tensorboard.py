# What TensorBoard itself reads of event files, as lines of JSON: read_tensorboard.py FOLDER
#
#   pip install tensorboard pillow

import io
import json
import sys

from PIL import Image
from tensorboard.backend.event_processing import event_accumulator

reader = event_accumulator.EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "images": 0, "tensors": 0})
reader.Reload()
for tag in reader.Tags()["scalars"]:
    for event in reader.Scalars(tag):
        print(json.dumps({"tag": tag, "step": event.step, "value": event.value}))
for tag in reader.Tags()["images"]:
    for event in reader.Images(tag):
        picture = Image.open(io.BytesIO(event.encoded_image_string))
        sizes = {"width": event.width, "height": event.height, "ink": sum(picture.convert("L").getdata())}
        print(json.dumps({"tag": tag, "step": event.step, "mode": picture.mode, "size": picture.size} | sizes))
