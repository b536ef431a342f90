import os

import numpy as np
import pytest

from engine.datasets.readers import csv_file, source_file, table
from engine.datasets.readers.csv_file import read_csv
from engine.faults import InputError


def read(tmp_path, text, name="points.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_csv(path)


SAME = {
    "plain": "1,2.5,0\n3,-4e1,1\n",
    "no newline at the end": "1,2.5,0\n3,-4e1,1",
    "Windows": "1,2.5,0\r\n3,-4e1,1\r\n",
    "old Macintosh": "1,2.5,0\r3,-4e1,1\r",
    "titles": "x,y,class\n1,2.5,0\n3,-4e1,1\n",
    "titles that are numbers but for the last": "0,1,class\n1,2.5,0\n3,-4e1,1\n",
    "quoted titles": '"x, of the point","y","class"\n1,2.5,0\n3,-4e1,1\n',
    "semicolons": "x, or so;y;c\n1;2.5;0\n3;-4e1;1\n",
    "tabs": "x;y\ty\tc\n1\t2.5\t0\n3\t-4e1\t1\n",
    "quoted numbers": '"1","2.5","0"\n"3","-4e1","1"\n',
    "spaces": " 1 , 2.5 , 0 \n3, -4e1, 1\n",
    "blank lines": "\n \n1,2.5,0\n\n\n3,-4e1,1\n\n",
    "byte order mark": "\ufeff1,2.5,0\n3,-4e1,1\n",
    "labels as floats": "1,2.5,0.0\n3,-4e1,1.0\n",
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_spellings_of_the_same_table(tmp_path, text):
    got = read(tmp_path, text)
    assert got.x.tolist() == [[1.0, 2.5], [3.0, -40.0]]
    assert got.labels.tolist() == [0, 1]
    assert got.class_names == ("0", "1")
    assert (got.unit, got.image) == (1.0, None)


def test_labels_are_numbered_in_the_order_of_their_values(tmp_path):
    got = read(tmp_path, "0,7\n0,-1\n0,30\n0,7\n")
    assert got.class_names == ("-1", "7", "30")
    assert got.labels.tolist() == [1, 0, 2, 1]


def test_numbers_survive_exactly(tmp_path):
    rng = np.random.default_rng(0)
    x = rng.standard_normal((200, 3)) * 10.0 ** rng.integers(-15, 15, (200, 3))
    text = "\n".join(",".join(map(repr, map(float, row))) + f",{i % 2}" for i, row in enumerate(x))
    assert np.array_equal(read(tmp_path, text).x, x)


FAULTS = {
    "ragged": (
        "1,2,3,4,0\n1,2,3,4,1\n1,2,3,1\n",
        "line 3: expected 5 values as in line 1, found 4",
    ),
    "too long": ("a,b,c\n1,2,0\n\n1,2,3,0\n", "line 4: expected 3 values as in line 1, found 4"),
    "word": ("1,2,0\n1,blue,1\n", "line 2: column 2 is 'blue', which is not a number"),
    "word at once": ("1,blue,0\n1,2,1\n", "line 1: column 2 is 'blue', which is not a number"),
    "long word": ("1,0\n" + "x" * 500 + ",1", "line 2: column 1 is 'xxxxxxxxxxxxxxxxxxx…', which"),
    "word as label": ("1,0\n2,setosa\n", "line 2: column 2 is 'setosa', which is not a number"),
    "control characters": ("1,0\n\x07\u2028\x00,1\n", "line 2: column 1 is '"),
    "decimal commas": ("1,5;0\n2,5;1\n", "line 1: column 1 is '1,5', which is not a number"),
    "underscore": ("1,0\n1_000,1\n", "line 2: column 1 is '1_000', which is not a number"),
    "empty cell": ("1,2,0\n1,,1\n", "line 2: column 2 is empty"),
    "comma at the end": ("1,0,\n1,1,\n", "line 2: column 3 is empty"),
    "NaN": ("1,0\nnan,1\n", "line 2: column 1 is 'nan', which is not a finite number"),
    "infinity": ("1,0\n-inf,1\n", "line 2: column 1 is '-inf', which is not a finite number"),
    "overflow": ("1,0\n1e999,1\n", "line 2: column 1 is '1e999', which is not a finite number"),
    "huge": ("1,0\n-1e30,1\n", "line 2: column 1 is '-1e30'; the limit is 1e18"),
    "NaN as label": ("1,0\n1,nan\n", "line 2: column 2 is 'nan', which is not a finite number"),
    "broken label": ("1,0\n2,0.5\n", "line 2: the label 0.5 is not a whole number"),
    "one class": ("1,3\n2,3\n", "every example has the label 3; at least two classes are needed"),
    "one column": ("1\n2\n", "line 1: expected features and a label, parted by comma"),
    "titles only": ("x,y,label\n", "the file has no examples"),
    "blank": ("\n \n\n", "the file has no examples"),
    "empty": ("", "the file is empty"),
    "open quotation": ('1,0\n"2,1\n3,0\n', "line 2: a quotation mark is not closed"),
    "Latin-1": (b"gr\xf6\xdfe,label\n1,0\n2,1\n", "the file is not text in UTF-8"),
    "UTF-16": ("1,0\n2,1\n".encode("utf-16"), "the file is not text in UTF-8"),
    "late bad byte": (b"1,0\n" * 1_000_000 + b"\xff,1\n", "the file is not text in UTF-8"),
    "field too long": ("1,0\n" + "1" * 200_000 + ",1\n", "line 2: the line is not CSV ("),
    "line too long": ("1,0\n" + "1," * 1_000_001 + "1\n", "line 2: the line is longer than 2,000"),
    "too wide": ("0," * 65_537 + "1\n", "an example has 65,537 features; the limit is 65,536"),
}


@pytest.mark.parametrize(("text", "what"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_place(tmp_path, refused, text, what):
    assert what in refused(tmp_path / "points.csv", lambda: read(tmp_path, text))


def test_a_sum_beyond_the_limit_of_one_value_is_fine(tmp_path):
    got = read(tmp_path, "9e17,9e17,0\n1,1,1\n")
    assert got.x[0].tolist() == [9e17, 9e17]


def test_limits(tmp_path, refused, monkeypatch):
    path = tmp_path / "points.csv"
    monkeypatch.setattr(table, "MAX_CLASSES", 3)
    what = refused(path, lambda: read(tmp_path, "0,1\n0,2\n0,3\n0,4\n"))
    assert "there are 4 classes; the limit is 3" in what
    monkeypatch.setattr(csv_file, "MAX_NUMBERS", 7)
    what = refused(path, lambda: read(tmp_path, "0,1\n" * 4))
    assert "more than 7 numbers" in what
    monkeypatch.setattr(source_file, "MAX_FILE_BYTES", 15)
    what = refused(path, lambda: read(tmp_path, "0,1\n" * 4))
    assert "the file has 16 bytes; the limit is 15" in what


def test_faults_of_the_file_system(tmp_path, refused, monkeypatch):
    missing, folder = tmp_path / "missing.csv", tmp_path / "folder.csv"
    assert "there is no such file" in refused(missing, lambda: read_csv(missing))
    folder.mkdir()
    assert "this is a folder" in refused(folder, lambda: read_csv(folder))
    inside = tmp_path / "points.csv" / "inside.csv"
    (tmp_path / "points.csv").write_text("1,0")
    assert "the file cannot be read" in refused(inside, lambda: read_csv(inside))
    broken = tmp_path / "a\nb.csv"
    assert "a?b.csv: " in refused(tmp_path / "a?b.csv", lambda: read_csv(broken))
    null = tmp_path / "nu\0ll.csv"
    assert "there is no such file" in refused(tmp_path / "nu?ll.csv", lambda: read_csv(null))

    def denied(*_arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "open", denied)
    path = tmp_path / "points.csv"
    assert "(Permission denied)" in refused(path, lambda: read_csv(path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path, refused):
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    assert "this is a device or a pipe" in refused(path, lambda: read_csv(path))


@pytest.mark.parametrize("head", ["", "length,width,species\n"])
def test_classes_that_are_words_are_told_what_to_become(tmp_path, head):
    sentence = (
        r"line 2: column 3 is 'setosa', .* the label: number the classes 0, 1, 2 and so on\.$"
    )
    with pytest.raises(InputError, match=sentence):
        read(tmp_path, f"{head}5.1,3.5,setosa\n6.2,2.9,setosa\n")
