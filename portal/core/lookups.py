"""What databases are asked, beyond what Django asks by itself."""

from django.core.exceptions import EmptyResultSet
from django.db.models.lookups import In


class InWithinRange(In):
    """`in` a list of integers: one that the column cannot hold is one that no row has.

    Django says so of `exact` and the comparisons; of lists it asks the database, which fails.
    """

    def process_rhs(self, compiler, connection):
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            least, most = connection.ops.integer_field_range(kind)
            self.rhs = [one for one in self.rhs if not isinstance(one, int) or least <= one <= most]
            if not self.rhs:
                raise EmptyResultSet
        return super().process_rhs(compiler, connection)
