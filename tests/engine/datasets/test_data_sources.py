import dataclasses
import inspect

import numpy as np
import pytest

from engine.datasets import DATA_SOURCES, DataSource
from engine.faults import InputError
from engine.hyper import hypers

GENERATED = ("xor", "circles", "spirals", "moons", "blobs", "parity")
READY = [cls() for key, cls in DATA_SOURCES.items() if key != "own"]


def test_order_of_the_menu():
    assert list(DATA_SOURCES) == ["mnist", *GENERATED, "own"]


@pytest.mark.parametrize("cls", DATA_SOURCES.values(), ids=DATA_SOURCES)
def test_a_source_is_a_frozen_documented_value(cls):
    assert cls() == cls()
    assert hash(cls()) == hash(cls())
    assert not hasattr(cls(), "__dict__")
    assert cls.label
    assert cls.help
    assert inspect.getdoc(cls)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(cls(), hypers(cls)[0].name, 20)


@pytest.mark.parametrize("cls", DATA_SOURCES.values(), ids=DATA_SOURCES)
def test_every_setting_is_checked_where_the_value_is_made(cls):
    for h in hypers(cls):
        for wrong in (h.low - 1, h.high + 1, "many", float("nan")):
            with pytest.raises(InputError, match=h.name):
                cls(**{h.name: wrong})


@pytest.mark.parametrize("source", READY, ids=lambda source: source.key)
def test_shape_tells_what_load_gives(source: DataSource):
    data = source.load()
    assert source.shape() == (data.features, data.classes)
    for split in (data.train, data.validation, data.test):
        assert split.x.shape == (len(split), data.features)
        assert split.inputs(np.float32).dtype == np.float32
        assert split.targets(data.classes, np.float64).shape == (len(split), data.classes)
        assert set(np.unique(split.labels)) <= set(range(data.classes))


@pytest.mark.parametrize("key", GENERATED)
def test_the_same_settings_give_the_same_bytes(key):
    one, two = DATA_SOURCES[key]().load(), DATA_SOURCES[key]().load()
    for name in ("train", "validation", "test"):
        assert getattr(one, name).x.tobytes() == getattr(two, name).x.tobytes()
        assert getattr(one, name).labels.tobytes() == getattr(two, name).labels.tobytes()
