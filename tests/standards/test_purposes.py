import pytest

from kunnig.standards.formats.purposes import covered_purposes


def numbers(description, how_many=10):
    covered = covered_purposes(description, how_many)
    return [one.number for one in covered], [one.number for one in covered if one.is_emphasised]


@pytest.mark.parametrize(
    ("said", "covered"),
    [
        ("omfattar punkterna 1-3, 5-7 och 10 under rubriken", [1, 2, 3, 5, 6, 7, 10]),
        ("omfattar punkterna 1–4 under rubriken", [1, 2, 3, 4]),
        ("omfattar punkterna 1-2 samt 4 under rubriken", [1, 2, 4]),
        ("omfattar punkterna 1, 4-6, och 10 under rubriken", [1, 4, 5, 6, 10]),
        ("omfattar punkt 3 under rubriken", [3]),
        ("omfattar punkterna 1**\\-**3 under rubriken", [1, 2, 3]),
        ("ska omfatta punkterna 2-3 under rubriken", [2, 3]),
        ("bygger på 1-2 och 4 under rubriken", [1, 2, 4]),
        ("omfattar samtliga mål under rubriken", list(range(1, 11))),
        ("omfattar 100 poäng och är frivillig", []),
        ("handlar om växter", []),
    ],
)
def test_a_description_names_the_purposes_it_covers(said, covered):
    assert numbers(f"<p>Kursen utemiljö 1 {said} Ämnets syfte.</p>") == (covered, [])


@pytest.mark.parametrize(
    ("said", "emphasised"),
    [
        ("med särskild betoning på punkterna 2, 4, och 7.", [2, 4, 7]),
        ("med särskild betoning på 1-2.", [1, 2]),
        ("med särskild betoning på säkerhet samt punkterna 3-4 och 8.", [3, 4, 8]),
    ],
)
def test_emphasis_on_some_of_them_is_kept(said, emphasised):
    description = f"<p>Kursen omfattar punkterna 1-8 under rubriken Ämnets syfte, {said}</p>"

    assert numbers(description) == (list(range(1, 9)), emphasised)


def test_a_number_that_no_subject_has_does_not_fill_the_memory():
    assert len(numbers("omfattar punkterna 1-99999999999")[0]) < 100
