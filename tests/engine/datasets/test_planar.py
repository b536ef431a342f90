import hashlib

import numpy as np
import pytest

from engine.datasets.planar import Blobs, Circles, Moons, Spirals, Xor

ALL = (Xor, Circles, Spirals, Moons, Blobs)


@pytest.mark.parametrize("cls", ALL)
@pytest.mark.parametrize("examples", [10, 501, 3000])
def test_sizes_and_balance(cls, examples):
    data = cls(examples=examples).load()
    held_out = max(100, examples // 5)
    assert [len(data.train), len(data.validation), len(data.test)] == [examples, held_out, held_out]
    for split in (data.train, data.validation, data.test):
        counts = np.bincount(split.labels, minlength=data.classes)
        assert np.ptp(counts) <= 1


@pytest.mark.parametrize("cls", ALL)
def test_the_seed_changes_the_points_and_the_splits_differ(cls):
    one, two = cls(seed=1).load(), cls(seed=2).load()
    assert not np.array_equal(one.train.x, two.train.x)
    assert not np.array_equal(one.validation.x, one.test.x)
    assert not np.array_equal(one.train.x[:100], one.validation.x)


@pytest.mark.parametrize("cls", ALL)
def test_without_noise_the_points_fill_the_square_and_stay_in_it(cls):
    x = cls(examples=5000, noise=0.0).load().train.x
    assert np.abs(x).max() <= 1.0
    assert np.abs(x).max() > 0.6
    assert np.abs(x.mean(axis=0)).max() < 0.1


@pytest.mark.parametrize("cls", ALL)
def test_noise_is_the_standard_deviation_of_the_displacement(cls):
    rng = np.random.default_rng(5)
    labels = np.zeros(4000, dtype=np.int64)
    clean = cls(noise=0.0)._draw(4000, np.random.default_rng(5)).x
    noisy = cls(noise=0.1)._draw(4000, np.random.default_rng(5)).x
    assert np.std(noisy - clean) == pytest.approx(0.1, rel=0.05)
    assert cls().points(labels, rng).shape == (4000, 2)


def test_xor_is_the_sign_of_the_product():
    train = Xor(noise=0.0).load().train
    assert np.array_equal(train.labels, (train.x[:, 0] * train.x[:, 1] < 0).astype(int))
    assert len(np.unique(np.sign(train.x), axis=0)) == 4


def test_circles_have_their_radii():
    train = Circles(noise=0.0).load().train
    assert np.hypot(*train.x.T) == pytest.approx(np.where(train.labels == 0, 0.9, 0.45))


def test_spirals_are_each_other_turned_and_never_meet():
    spirals = Spirals(noise=0.0)
    zeros, ones = (np.full(2000, c) for c in (0, 1))
    one = spirals.points(zeros, np.random.default_rng(3))
    other = spirals.points(ones, np.random.default_rng(3))
    assert one == pytest.approx(-other)
    gaps = np.linalg.norm(one[:, None] - other[None], axis=2)
    assert gaps.min() > 0.15


def test_moons_reach_into_each_other_without_touching():
    train = Moons(noise=0.0, examples=2000).load().train
    upper, lower = (train.x[train.labels == c] for c in (0, 1))
    assert upper[:, 1].min() < lower[:, 1].max()  # no horizontal line parts them
    assert np.linalg.norm(upper[:, None] - lower[None], axis=2).min() > 0.2


@pytest.mark.parametrize("classes", [2, 5, 8])
def test_blobs_lie_about_their_centres(classes):
    source = Blobs(classes=classes, examples=8000, noise=0.1)
    data = source.load()
    assert source.shape() == (2, classes)
    assert data.class_names == tuple(map(str, range(classes)))
    for c in range(classes):
        cloud = data.train.x[data.train.labels == c]
        angle = 2 * np.pi * c / classes
        centre = [0.7 * np.cos(angle), 0.7 * np.sin(angle)]
        assert cloud.mean(axis=0) == pytest.approx(centre, abs=0.02)
        assert cloud.std(axis=0) == pytest.approx([0.1, 0.1], rel=0.1)


def test_the_order_of_the_draws_is_part_of_the_promise():
    """Rounded, as sine and cosine may differ in the last bit from one machine to another."""
    drawn = np.concatenate([cls(examples=50).load().train.x for cls in ALL])
    digest = hashlib.sha256(np.round(drawn * 1e6).astype(np.int64).tobytes()).hexdigest()
    assert digest[:16] == "2a68aeface4c37f7"
