// SPDX-License-Identifier: MIT
#include "support/manytasks.h"

#include <QCoreApplication>

// filllibrary DATA_FOLDER COUNT [FOLDER_OF_COVERS]: a library of made-up tasks, for pictures and trials by hand.
int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 3) {
        qInfo("filllibrary DATA_FOLDER COUNT [FOLDER_OF_COVERS]");
        return 2;
    }
    return taskreel::test::fillLibrary(arguments[1], arguments[2].toInt(), arguments.value(3)) ? 0 : 1;
}
