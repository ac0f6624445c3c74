"""`field__any_of=[…]`: one array instead of a placeholder for each of thousands of values, which take longer to write than to find."""

from operator import attrgetter

from django.db.models import Case, Lookup, Q, Value, When


class AnyOf(Lookup):
    """Of whole numbers and of UUIDs alone: nothing in them means anything to an array, so that it is written as one text."""

    lookup_name = "any_of"
    prepare_rhs = False
    written = str

    def get_db_prep_lookup(self, value, connection):
        return "%s", ["{" + ",".join(map(type(self).written, value)) + "}"]

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        type_of = self.lhs.output_field.rel_db_type(connection)
        return f"{left} = ANY({right}::{type_of}[])", [*left_params, *right_params]


class AnyOfRefs(AnyOf):
    written = attrgetter("hex")


def afterwards(condition: Q) -> Case:
    """A condition that is asked of rows which others have found.

    Of "these keys, and of this service" PostgreSQL takes the service where that is new: it does not know yet how much it
    holds, and goes through all of it, again and again.
    """
    return Case(When(condition, then=Value(True)), default=Value(False))
