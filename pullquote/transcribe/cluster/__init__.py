"""Many machines: the same steps as pieces of work, through dask.distributed.

May import: everything of this stage.
"""
