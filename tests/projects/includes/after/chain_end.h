// after/chain_end.h
