if((A AND (B OR C)) OR NOT D)
endif()
