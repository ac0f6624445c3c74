from ims.core.keys import new_submission_id


def test_a_submission_made_later_sorts_after_one_made_earlier(time_machine):
    made = []
    for minute in range(5):
        time_machine.move_to(f"2026-06-15 12:0{minute}", tick=False)
        made.append(new_submission_id())

    assert made == sorted(made)
    assert all(one.version == 7 for one in made)


def test_submissions_of_one_moment_differ(time_machine):
    time_machine.move_to("2026-06-15 12:00", tick=False)

    assert len({new_submission_id() for _ in range(1000)}) == 1000
