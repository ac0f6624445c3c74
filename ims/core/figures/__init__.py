"""Every count a page, a chart or a file shows passes through here, so that none of them gives a person away.

`policy` says what may be shown and `shown` is what became of a count; `additive` says which counts add up to which;
`attacker` works out what a reader could; `suppression` hides enough that it is too little; `tables` and `charts`
lay the result out, once, for page, chart and file.
"""
