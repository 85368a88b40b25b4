f 	 (a)
