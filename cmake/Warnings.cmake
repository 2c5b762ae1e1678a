# Target glagent_flags: what every target of this project is compiled with.
add_library(glagent_flags INTERFACE)
target_compile_options(glagent_flags INTERFACE
  -Wall -Wextra -Wpedantic
  -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wcast-align
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
  -Wundef -Wvla -Wwrite-strings -Wformat=2 -Wnull-dereference
  -Wswitch-enum -Wimplicit-fallthrough -Wdouble-promotion -Wpointer-arith
  $<$<C_COMPILER_ID:GNU>:-Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init>
  $<$<C_COMPILER_ID:Clang>:-Wcomma -Wassign-enum -Wunreachable-code-aggressive -Wconditional-uninitialized>
  $<$<BOOL:${GLAGENT_WERROR}>:-Werror>
  -fno-common -fstack-protector-strong
  $<$<CONFIG:Release,RelWithDebInfo>:-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.>
  # Some distributions define it already, to another level.
  $<$<CONFIG:Release,RelWithDebInfo>:-U_FORTIFY_SOURCE> $<$<CONFIG:Release,RelWithDebInfo>:-D_FORTIFY_SOURCE=2>)
target_compile_definitions(glagent_flags INTERFACE _XOPEN_SOURCE=700)
if(GLAGENT_SANITIZE)
  target_compile_options(glagent_flags INTERFACE -fsanitize=${GLAGENT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(glagent_flags INTERFACE -fsanitize=${GLAGENT_SANITIZE})
endif()
if(GLAGENT_COVERAGE)
  target_compile_options(glagent_flags INTERFACE --coverage -fprofile-abs-path)
  target_link_options(glagent_flags INTERFACE --coverage)
endif()
