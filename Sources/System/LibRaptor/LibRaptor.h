#include <raptor2/raptor2.h>
