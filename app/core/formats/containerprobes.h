// SPDX-License-Identifier: MIT
#pragma once

#include "core/formats/bytewindow.h"
#include "core/formats/mediaprobe.h"

namespace taskreel {

// One probe a family. Each fills kind, extension, completeness, size and duration of a file whose
// form is known by its first bytes. Sizes inside are hostile until checked against the file's end.
void probeMp4(ByteWindow &file, MediaProbe &probe);
void probeWebM(ByteWindow &file, MediaProbe &probe);
void probePng(ByteWindow &file, MediaProbe &probe);
void probeJpeg(ByteWindow &file, MediaProbe &probe);
void probeWebP(ByteWindow &file, MediaProbe &probe);
void probeGif(ByteWindow &file, MediaProbe &probe);
void probeMp3(ByteWindow &file, MediaProbe &probe);
void probeWav(ByteWindow &file, MediaProbe &probe);
void probeFlac(ByteWindow &file, MediaProbe &probe);
void probeOgg(ByteWindow &file, MediaProbe &probe);
void probeGlb(ByteWindow &file, MediaProbe &probe);

/// True when an MPEG layer III frame starts there and another one (or the end) follows it.
[[nodiscard]] bool startsWithMp3Frame(ByteWindow &file);
/// `part wants N bytes more`, and not complete.
void setMissing(MediaProbe &probe, const char *part, quint64 missing);

} // namespace taskreel
