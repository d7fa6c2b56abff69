"""Small words everything else is made of: texts, subjects, money, days, refusals."""
