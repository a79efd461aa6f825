"""The engine: numbers in, numbers out. What responses say about traits, how roles fit, and what to ask next.

One formula (`kernel`) is used three times: `belief` estimates traits from responses, `fit` turns an estimate into
evidence for roles, `adaptive` chooses the item that separates the contending roles best. `quality` judges whether the
answers deserve to be read at all, and `evaluate` simulates respondents to see what a catalogue can tell apart.
Everything is vectorised over respondents (first axis); one respondent is a batch of one.
"""
