"""Stories share the world of their module."""

from tests.stories.shared_world import stage, world  # noqa: F401
