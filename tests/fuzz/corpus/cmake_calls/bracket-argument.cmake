set(v [==[raw ) ]] ]=] text]==])
