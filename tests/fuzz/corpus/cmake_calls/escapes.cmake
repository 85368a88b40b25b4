set(a b\ c\;d\(e \)
)
