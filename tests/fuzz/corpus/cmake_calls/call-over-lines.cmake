target_link_libraries(core # why
  PRIVATE
    cuda_rt
)
