"""Somebody at a browser without scripts before a site that is killed under them."""

from ims.operations.demo import people
from tests.bench.fields import Fields
from tests.bench.measure import Wrong
from tests.bench.visitor import Answer, Visitor
from tests.killed.site import KilledSite


class Person(Visitor):
    """Each page comes over a connection of its own: the one before may have led to a server that is dead."""

    def fills_in(self, path: str, **typed: str) -> dict[str, str]:
        """What the form of a page would send, with some boxes typed into."""
        return {**Fields(self.get(path).must(200).text).filled, **typed}

    def sends(self, path: str, fields: dict[str, str]) -> Answer | None:
        """What is answered; None where the server dies before it has."""
        try:
            return self.post(path, fields)
        except (Wrong, OSError):
            return None

    def says(self, path: str) -> str:
        return self.get(path).must(200).text

    def _connected(self):
        self.connection = None
        return super()._connected()


def at_work(site: KilledSite, username: str = "pharmacist", kind: type[Person] = Person) -> Person:
    """Somebody of the demo, signed in."""
    site.serve()
    person = kind(site.port)
    known = next(one for one in people.PEOPLE if one.username == username)
    person.sign_in(known.username, known.password)
    return person
