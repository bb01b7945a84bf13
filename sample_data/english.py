"""Sheets, headers and instructions in English."""

from __future__ import annotations

from sample_data.sheets import Column, Instructions, Sheet, Wording

_WHO = (
    Column(
        *("client_id", "Customer ID", "text"),
        "The client's code in your system. If you have none, leave the column empty: the name will do.",
        ("W0001", "W0002"),
    ),
    Column(
        *("client_name", "Customer", "text"),
        "First name and surname, always written alike. Without code and name the row counts as a walk-in.",
        ("Ann Example", "Louis Sample"),
        required=True,
        width=26,
    ),
)

_THE_SAME = (
    Column("client_id", "Customer ID", "text", "The same code as in Sales.", ("W0001", "W0002")),
    Column(
        *("client_name", "Customer", "text", "The same name as in Sales."),
        ("Ann Example", "Louis Sample"),
        required=True,
        width=26,
    ),
)

SALES = Sheet(
    "sales",
    "Sales",
    "One row for each service of each visit. The only sheet you cannot do without.",
    (
        *_WHO,
        Column(
            "date",
            "Date",
            "date",
            "The day of the visit, or of the appointment booked.",
            ("14/10/2026", "21/10/2026"),
            required=True,
        ),
        Column(
            "service",
            "Service",
            "text",
            "What was done. One service a row.",
            ("Full service", "MOT test"),
            width=24,
        ),
        Column("staff", "Technician", "text", "Who did it.", ("Priya", "Dave"), width=20),
        Column(
            *("status", "Status", "choice", "What became of the appointment. Empty = completed."),
            ("Completed", "No-show"),
            choices=("completed", "cancelled", "no_show", "booked", "refund"),
        ),
        Column(
            "amount",
            "Amount",
            "money",
            "What was charged for the row. A refund is negative.",
            ("195.00", "45.00"),
        ),
        Column(
            *("discount", "Discount", "money"),
            "What was taken off the price, if anything was. The amount is what was left.",
            ("15.00", ""),
        ),
        Column(
            "subject",
            "Plate",
            "text",
            "What the client brings: plate, pet or child. Only if you serve something other than the client.",
            ("LQ64 RTB", "Rex"),
        ),
        Column("meter", "Mileage", "number", "Workshops only: what the odometer says.", ("48200", "51350")),
        Column("rating", "Rating", "number", "The mark the client gave, if you have it.", ("5", "4")),
        Column(
            *("promised", "Promised date", "date", "The day you said it would be ready, if you promise one."),
            ("15/10/2026", "23/10/2026"),
        ),
        Column(
            "delivered",
            "Delivered on",
            "date",
            "The day it was handed over. Empty = not yet.",
            ("15/10/2026", ""),
        ),
    ),
)

CLIENTS = Sheet(
    "clients",
    "Clients",
    "One row per client: how to reach them and which dates to remember.",
    (
        Column("client_id", "Customer ID", "text", "The same code as in Sales.", ("W0001", "W0002")),
        Column(
            *("client_name", "Full name", "text", "The same name as in Sales."),
            ("Ann Example", "Louis Sample"),
            required=True,
            width=26,
        ),
        Column(
            "phone",
            "Phone",
            "text",
            "With the country's prefix where it matters.",
            ("07700 900001", "07700 900002"),
        ),
        Column(
            "email",
            "Email",
            "text",
            "Their mail address.",
            ("ann@example.com", "louis@example.com"),
            width=32,
        ),
        Column("birthday", "Date of birth", "date", "To wish them well.", ("03/05/1985", "12/11/1990")),
        Column(
            *(
                "consent",
                "Marketing consent",
                "choice",
                "Whether you may write or call. Empty = they have not said.",
            ),
            ("Yes", "No"),
            choices=("yes", "no"),
            width=18,
        ),
        Column(
            *("referred_by", "Referred by", "text", "The client who sent them, or how they found you."),
            ("Louis Sample", "Google"),
            width=26,
        ),
        Column(
            "joined", "Customer since", "date", "Since when they are a client.", ("10/01/2023", "02/09/2024")
        ),
        Column("left", "Left on", "date", "Only if they said they will not return.", ("", "30/06/2026")),
    ),
)

CONTACTS = Sheet(
    "contacts",
    "Contacts",
    "One row for each call, message or visit you made to a client.",
    (
        *_THE_SAME,
        Column(
            *("date", "Contact date", "date", "The day you called or wrote."),
            ("05/10/2026", "09/10/2026"),
            required=True,
        ),
        Column(
            *("channel", "Channel", "choice", "By which means."),
            ("Call", "WhatsApp"),
            choices=("call", "whatsapp", "email", "visit"),
        ),
        Column(
            *("outcome", "Outcome", "choice", "How it ended. You may write something else."),
            ("Asked for an appointment", "No answer"),
            choices=(
                *("confirmed", "answered", "no_answer", "appointment"),
                *("not_interested", "moved", "price", "seller_left"),
            ),
            open_list=True,
            width=26,
        ),
        Column("staff", "Handled by", "text", "Who did it.", ("Priya", "Dave"), width=20),
    ),
)

PROBLEMS = Sheet(
    "problems",
    "Problems",
    "One row for each complaint or problem, solved ones too.",
    (
        *_THE_SAME,
        Column(
            *("opened", "Date reported", "date", "The day it came up."),
            ("01/10/2026", "20/10/2026"),
            required=True,
        ),
        Column("closed", "Resolved on", "date", "Empty while it is open.", ("04/10/2026", "")),
        Column(
            "kind",
            "Problem",
            "text",
            "What happened, in a few words.",
            ("Fault came back", "Long wait"),
            width=30,
        ),
        Column("staff", "Assigned to", "text", "Who takes care of it.", ("Priya", "Dave"), width=20),
        Column(
            *("solved", "Solved", "choice", "Whether the client was content. Empty while it is open."),
            ("Yes", ""),
            choices=("yes", "no"),
        ),
        Column(
            *("promised", "Answer promised", "date", "The day you said you would have an answer."),
            ("03/10/2026", "22/10/2026"),
        ),
        Column(
            *("detail", "Details", "text", "What happened and what was agreed."),
            ("Same noise after two days", "Forty minutes; apologise"),
            width=40,
        ),
    ),
)

PAYMENTS = Sheet(
    "payments",
    "Payments",
    "One row for each invoice or instalment. What is paid on the spot need not be here.",
    (
        *_THE_SAME,
        Column(
            "due", "Due date", "date", "When it was to be paid.", ("30/09/2026", "31/10/2026"), required=True
        ),
        Column("paid", "Paid on", "date", "When it was paid. Empty = not yet.", ("02/10/2026", "")),
        Column("amount", "Amount", "money", "Of the invoice or instalment.", ("195.00", "60.00")),
    ),
)

ENGLISH = Wording(
    language="en",
    sheets=(SALES, CLIENTS, CONTACTS, PROBLEMS, PAYMENTS),
    words={
        "completed": "Completed",
        "cancelled": "Cancelled",
        "no_show": "No-show",
        "booked": "Booked",
        "refund": "Refund",
        "yes": "Yes",
        "no": "No",
        "call": "Call",
        "whatsapp": "WhatsApp",
        "email": "Email",
        "visit": "Visit",
        "confirmed": "Confirmed",
        "answered": "Answered",
        "no_answer": "No answer",
        "appointment": "Asked for an appointment",
        "not_interested": "Not interested",
        "moved": "Moved away",
        "price": "Finds it expensive",
        "seller_left": "Followed their technician",
    },
    own_columns={"payment_method": "Payment method", "vehicle": "Vehicle"},
    walk_in="Walk-in",
    instructions=Instructions(
        sheet_name="Instructions",
        title="How to fill in this template",
        steps=(
            "1. Begin with the sheet Sales: one row per service. Client and date are enough.",
            "2. The other sheets are optional: leave empty what you do not know.",
            "3. Dark headers are needed, light ones are optional. Do not change their names.",
            "4. Rest the pointer on a header to see what goes into its column.",
            "5. Save the file and upload it. The examples on this sheet are not read as data.",
        ),
        headers=("Sheet", "Column", "Needed?", "What goes in", "Example", "Another example"),
        required="Needed",
        optional="Optional",
        example="Example: {}",
        choose="Choose from the list: {}.",
        not_a_date="Write a date, such as 14/10/2026.",
        not_a_number="Write a number, without letters or signs.",
        file_title="Puntual template",
    ),
)
