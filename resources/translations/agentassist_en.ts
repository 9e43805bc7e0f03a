<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CallStrip</name>
    <message numerus="yes">
        <source>%n more call(s)</source>
        <translation>
            <numerusform>%n more call</numerusform>
            <numerusform>%n more calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallerPanel</name>
    <message numerus="yes">
        <source>Perhaps one of these %n</source>
        <translation>
            <numerusform>Perhaps one of these %n</numerusform>
            <numerusform>Perhaps one of these %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n customers fit</source>
        <translation>
            <numerusform>%n customer fits</numerusform>
            <numerusform>%n customers fit</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message numerus="yes">
        <source>%n decision(s)</source>
        <translation>
            <numerusform>%n decision</numerusform>
            <numerusform>%n decisions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdentityController</name>
    <message numerus="yes">
        <source>The number was added; %n earlier contact(s) with it.</source>
        <translation>
            <numerusform>The number was added; %n earlier contact with it.</numerusform>
            <numerusform>The number was added; %n earlier contacts with it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{joined} joined {kept}: one history of %n contact(s).</source>
        <translation>
            <numerusform>{joined} joined {kept}: one history of %n contact.</numerusform>
            <numerusform>{joined} joined {kept}: one history of %n contacts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s) moved.</source>
        <translation>
            <numerusform>%n contact moved.</numerusform>
            <numerusform>%n contacts moved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabListModel</name>
    <message numerus="yes">
        <source>%n use(s)</source>
        <translation>
            <numerusform>%n use</numerusform>
            <numerusform>%n uses</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabWhatIf</name>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s)</source>
        <translation>
            <numerusform>%n decision</numerusform>
            <numerusform>%n decisions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PromptView</name>
    <message numerus="yes">
        <source>%n condition(s)</source>
        <translation>
            <numerusform>%n condition</numerusform>
            <numerusform>%n conditions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message numerus="yes">
        <source>%n fault(s)</source>
        <translation>
            <numerusform>%n fault</numerusform>
            <numerusform>%n faults</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuggestionCard</name>
    <message numerus="yes">
        <source>Solved %n contact(s) like this, last on {day}</source>
        <translation>
            <numerusform>Solved %n contact like this, last on {day}</numerusform>
            <numerusform>Solved %n contacts like this, last on {day}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message numerus="yes">
        <source>within %n hour(s)</source>
        <translation>
            <numerusform>within %n hour</numerusform>
            <numerusform>within %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>within %n day(s)</source>
        <translation>
            <numerusform>within %n day</numerusform>
            <numerusform>within %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhyBox</name>
    <message numerus="yes">
        <source>%n more condition(s)</source>
        <translation>
            <numerusform>%n more condition</numerusform>
            <numerusform>%n more conditions</numerusform>
        </translation>
    </message>
</context>
</TS>
