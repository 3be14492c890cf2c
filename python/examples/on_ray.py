"""Reports coded on Ray Data: python on_ray.py REPORTS.parquet EVENTS

A class is built once for each actor, so that each loads the model once; batches come and go as Arrow.
"""

from __future__ import annotations

import sys

import pyarrow as pa
import ray

import dateline


class Code:
    """A coder for each of Ray's actors."""

    def __init__(self) -> None:
        self.coder = dateline.Coder(threads=1)

    def __call__(self, batch: pa.Table) -> pa.Table:
        return self.coder.code_batch(batch, text="text", published="published")


def main(source: str, target: str, actors: int = 2) -> None:
    reports = ray.data.read_parquet(source)
    events = reports.map_batches(Code, batch_format="pyarrow", batch_size=512, num_cpus=1, compute=ray.data.ActorPoolStrategy(size=actors))
    events.write_parquet(target)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
