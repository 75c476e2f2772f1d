// SPDX-License-Identifier: MIT
#pragma once

#include <QtTest>

namespace taskreel::test {

/// Keeps a test away from the user's own folders, locale and time zone. Call it first in
/// initTestCase(), or use TASKREEL_TEST_MAIN, which does so before the application exists.
void isolate();
/// Waits until the threads of the pool and of services, gone by now, have really ended, up to a few
/// seconds. Call it last: LeakSanitizer reads every thread's memory, and one that is just ending
/// makes it crash ("Tracer caught signal 11").
void awaitThreads();

} // namespace taskreel::test

// The application class differs a label (QCoreApplication, QApplication): pass it.
#define TASKREEL_TEST_MAIN(TestClass, AppClass)                                                    \
    int main(int argc, char *argv[])                                                               \
    {                                                                                              \
        taskreel::test::isolate();                                                                 \
        int result = 0;                                                                            \
        {                                                                                          \
            AppClass app(argc, argv);                                                              \
            TestClass test;                                                                        \
            result = QTest::qExec(&test, argc, argv);                                              \
        }                                                                                          \
        taskreel::test::awaitThreads();                                                            \
        return result;                                                                             \
    }
