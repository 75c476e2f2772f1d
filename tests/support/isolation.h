// SPDX-License-Identifier: MIT
#pragma once

#include <QtTest>

namespace taskreel::test {

/// Keeps a test away from the user's own folders, locale and time zone. Call it first in
/// initTestCase(), or use TASKREEL_TEST_MAIN, which does so before the application exists.
void isolate();

} // namespace taskreel::test

// The application class differs a label (QCoreApplication, QApplication): pass it.
#define TASKREEL_TEST_MAIN(TestClass, AppClass)                                                    \
    int main(int argc, char *argv[])                                                               \
    {                                                                                              \
        taskreel::test::isolate();                                                                 \
        AppClass app(argc, argv);                                                                  \
        TestClass test;                                                                            \
        return QTest::qExec(&test, argc, argv);                                                    \
    }
