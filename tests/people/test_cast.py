"""The cast stands in the database as the tests say they do."""


def test_the_cast_can_be_called_to_the_stage(
    amina, goran, rania, karin, ingrid, lars, mirjam, per_ola, tomas, eva, lotta, petra, maj, asta
):
    employed = [karin, ingrid, lars, mirjam, per_ola, tomas, eva, lotta, petra, maj, asta]

    assert [person.assignments.count() for person in employed] == [1] * 11
    assert [person.assignments.count() for person in (amina, goran, rania)] == [0, 0, 0]
    assert rania.is_protected


def test_schools_of_neighbours_have_the_same_name(county):
    assert county.norsjo_unit.name == county.mala_unit.name
    assert county.norsjo_unit.board_key == county.norsjo_board.pk
    assert county.mala_unit.board_key == county.mala_board.pk
