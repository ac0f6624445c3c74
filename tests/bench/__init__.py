"""`make bench`: how long things take, as ratios between two ways measured alternately in the same run.

Not collected by pytest: a measure is no test, and a busy machine is no fault of the code. Where others work on the
machine, times say how long a process waited for its turn: the load is on the lines with #, and as root
`chrt -r 1 make bench` puts the bench and all it starts first in the queue for as long as it runs.
"""
