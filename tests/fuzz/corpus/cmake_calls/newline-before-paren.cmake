f
(a)
