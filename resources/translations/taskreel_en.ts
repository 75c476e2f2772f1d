<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>taskreel::MainWindow</name>
    <message numerus="yes">
        <source>%n task(s) removed from the list. Saved files stay.</source>
        <translation>
            <numerusform>%n task removed from the list. Saved files stay.</numerusform>
            <numerusform>%n tasks removed from the list. Saved files stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Quantities</name>
    <message numerus="yes">
        <source>%n day(s) old</source>
        <translation>
            <numerusform>%n day old</numerusform>
            <numerusform>%n days old</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::FilterButton</name>
    <message numerus="yes">
        <source>%n filter(s) on</source>
        <translation>
            <numerusform>%n filter on</numerusform>
            <numerusform>%n filters on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::ServiceNotices</name>
    <message numerus="yes">
        <source>%n saved</source>
        <translation>
            <numerusform>%n saved</numerusform>
            <numerusform>%n saved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be saved: the rows say why</source>
        <translation>
            <numerusform>%n could not be saved: the rows say why</numerusform>
            <numerusform>%n could not be saved: the rows say why</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There is nothing to save in %n task(s): no finished result.</source>
        <translation>
            <numerusform>There is nothing to save in %n task: no finished result.</numerusform>
            <numerusform>There is nothing to save in %n tasks: no finished result.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::SummaryBar</name>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln waiting</numerusform>
            <numerusform>%Ln waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln paused</source>
        <translation>
            <numerusform>%Ln paused</numerusform>
            <numerusform>%Ln paused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln task(s)</source>
        <translation>
            <numerusform>%Ln task</numerusform>
            <numerusform>%Ln tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln running</source>
        <translation>
            <numerusform>%Ln running</numerusform>
            <numerusform>%Ln running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::TaskActions</name>
    <message numerus="yes">
        <source>%n ID(s) copied</source>
        <translation>
            <numerusform>%n ID copied</numerusform>
            <numerusform>%n IDs copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskFacts</name>
    <message numerus="yes">
        <source>finished %n minute(s) ago</source>
        <translation>
            <numerusform>finished %n minute ago</numerusform>
            <numerusform>finished %n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>finished %n hour(s) ago</source>
        <translation>
            <numerusform>finished %n hour ago</numerusform>
            <numerusform>finished %n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>finished %n day(s) ago</source>
        <translation>
            <numerusform>finished %n day ago</numerusform>
            <numerusform>finished %n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::TopBar</name>
    <message numerus="yes">
        <source>Download the results of %n selected task(s)</source>
        <extracomment>Tooltip of the download button; %n tasks are selected</extracomment>
        <translation>
            <numerusform>Download the results of %n selected task</numerusform>
            <numerusform>Download the results of %n selected tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::IntakeMessages</name>
    <message numerus="yes">
        <source>%n added</source>
        <translation>
            <numerusform>%n added</numerusform>
            <numerusform>%n added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already here</source>
        <translation>
            <numerusform>%n already here</numerusform>
            <numerusform>%n already here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not understood</source>
        <translation>
            <numerusform>%n not understood</numerusform>
            <numerusform>%n not understood</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) not readable</source>
        <translation>
            <numerusform>%n file not readable</numerusform>
            <numerusform>%n files not readable</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::RemoveCommand</name>
    <message numerus="yes">
        <source>remove %n task(s)</source>
        <translation>
            <numerusform>remove %n task</numerusform>
            <numerusform>remove %n tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::MarkActions</name>
    <message numerus="yes">
        <source>star %n task(s)</source>
        <translation>
            <numerusform>star %n task</numerusform>
            <numerusform>star %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>take the star from %n task(s)</source>
        <translation>
            <numerusform>take the star from %n task</numerusform>
            <numerusform>take the star from %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>reject %n task(s)</source>
        <translation>
            <numerusform>reject %n task</numerusform>
            <numerusform>reject %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>no longer reject %n task(s)</source>
        <translation>
            <numerusform>no longer reject %n task</numerusform>
            <numerusform>no longer reject %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>tag %n task(s)</source>
        <translation>
            <numerusform>tag %n task</numerusform>
            <numerusform>tag %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>note on %n task(s)</source>
        <translation>
            <numerusform>note on %n task</numerusform>
            <numerusform>note on %n tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::ExportActions</name>
    <message numerus="yes">
        <source>%n task(s) copied</source>
        <translation>
            <numerusform>%n task copied</numerusform>
            <numerusform>%n tasks copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) exported</source>
        <translation>
            <numerusform>%n task exported</numerusform>
            <numerusform>%n tasks exported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::EndNotices</name>
    <message numerus="yes">
        <source>%n ready</source>
        <translation>
            <numerusform>%n ready</numerusform>
            <numerusform>%n ready</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::ExpiryWatch</name>
    <message numerus="yes">
        <source>Links of %n unsaved result(s) end within a day</source>
        <translation>
            <numerusform>The links of %n unsaved result end within a day</numerusform>
            <numerusform>Links of %n unsaved results end within a day</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::FileActions</name>
    <message numerus="yes">
        <source>%n file(s) copied</source>
        <translation>
            <numerusform>%n file copied</numerusform>
            <numerusform>%n files copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::NameEditor</name>
    <message numerus="yes">
        <source>%n result(s) would get the same name as another</source>
        <translation>
            <numerusform>%n result would get the same name as another</numerusform>
            <numerusform>%n results would get the same name as another</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::DownloadNotices</name>
    <message numerus="yes">
        <source>%n download(s) were not finished.</source>
        <translation>
            <numerusform>%n download was not finished.</numerusform>
            <numerusform>%n downloads were not finished.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>taskreel::VerifyDialog</name>
    <message numerus="yes">
        <source>%n file(s) read: all as they were saved.</source>
        <translation>
            <numerusform>%n file read: it is as it was saved.</numerusform>
            <numerusform>%n files read: all as they were saved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) read</source>
        <translation>
            <numerusform>%n file read</numerusform>
            <numerusform>%n files read</numerusform>
        </translation>
    </message>
</context>
</TS>
