// SPDX-License-Identifier: MIT
#include "ui/common/clipframemaker.h"
