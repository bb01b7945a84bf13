"""Sheets, headers and instructions in Spanish."""

from __future__ import annotations

from sample_data.sheets import Column, Instructions, Sheet, Wording

_WHO = (
    Column(
        *("client_id", "Código cliente", "text"),
        "El código del cliente en tu sistema. Si no usas códigos, deja la columna vacía: vale el nombre.",
        ("C0001", "C0002"),
    ),
    Column(
        *("client_name", "Cliente", "text"),
        "Nombre y apellidos, escritos siempre igual. Sin código ni nombre, la fila cuenta como venta de paso.",
        ("Ana Prueba Uno", "Luis Prueba Dos"),
        required=True,
        width=30,
    ),
)

_THE_SAME = (
    Column("client_id", "Código cliente", "text", "El mismo código que en Ventas.", ("C0001", "C0002")),
    Column(
        *("client_name", "Cliente", "text", "El mismo nombre que en Ventas."),
        ("Ana Prueba Uno", "Luis Prueba Dos"),
        required=True,
        width=30,
    ),
)

SALES = Sheet(
    "sales",
    "Ventas",
    "Una fila por cada servicio de cada visita. Es la única hoja imprescindible.",
    (
        *_WHO,
        Column(
            "date",
            "Fecha",
            "date",
            "El día de la visita, o el de la cita reservada.",
            ("14/10/2026", "21/10/2026"),
            required=True,
        ),
        Column(
            "service", "Servicio", "text", "Qué se hizo. Un servicio por fila.", ("Corte", "Color"), width=24
        ),
        Column("staff", "Atendido por", "text", "Quién atendió.", ("Marta", "Javier"), width=20),
        Column(
            *("status", "Estado", "choice", "Qué pasó con la cita. Vacío = realizada."),
            ("Realizada", "No asistió"),
            choices=("completed", "cancelled", "no_show", "booked", "refund"),
        ),
        Column(
            "amount",
            "Importe",
            "money",
            "Lo cobrado por la fila. Una devolución va en negativo.",
            ("24,00", "42,50"),
        ),
        Column(
            *("discount", "Descuento", "money"),
            "Lo que se quitó del precio, si algo se quitó. El importe es lo que quedó.",
            ("6,00", ""),
        ),
        Column(
            "subject",
            "Matrícula",
            "text",
            "Lo que trae el cliente: matrícula, mascota o niño. Solo si no atiendes al propio cliente.",
            ("1234 BCD", "Luna"),
        ),
        Column(
            "meter",
            "Kilometraje",
            "number",
            "Solo talleres: lo que marca el cuentakilómetros.",
            ("48200", "51350"),
        ),
        Column("rating", "Valoración", "number", "La nota que puso el cliente, si la tienes.", ("9", "7")),
        Column(
            *("promised", "Fecha prometida", "date", "Para cuándo se prometió, si prometes fecha."),
            ("15/10/2026", "23/10/2026"),
        ),
        Column(
            "delivered",
            "Fecha de entrega",
            "date",
            "El día en que se entregó. Vacía = aún no.",
            ("15/10/2026", ""),
        ),
    ),
)

CLIENTS = Sheet(
    "clients",
    "Clientes",
    "Una fila por cliente: cómo contactar con cada uno y qué fechas recordar.",
    (
        Column("client_id", "Código cliente", "text", "El mismo código que en Ventas.", ("C0001", "C0002")),
        Column(
            *("client_name", "Nombre completo", "text", "El mismo nombre que en Ventas."),
            ("Ana Prueba Uno", "Luis Prueba Dos"),
            required=True,
            width=30,
        ),
        Column(
            "phone",
            "Teléfono",
            "text",
            "Con prefijo del país.",
            ("+34 600 000 001", "+34 600 000 002"),
            width=20,
        ),
        Column(
            *("email", "Correo", "text", "Su correo electrónico."),
            ("ana@example.com", "luis@example.com"),
            width=32,
        ),
        Column(
            "birthday",
            "Fecha de nacimiento",
            "date",
            "Para felicitar a tiempo.",
            ("03/05/1985", "12/11/1990"),
            width=20,
        ),
        Column(
            *(
                "consent",
                "Acepta mensajes",
                "choice",
                "Si se puede escribir o llamar. Vacío = no lo ha dicho.",
            ),
            ("Sí", "No"),
            choices=("yes", "no"),
        ),
        Column(
            *("referred_by", "Recomendado por", "text", "Quién lo recomendó, o cómo te conoció."),
            ("Luis Prueba Dos", "Instagram"),
            width=30,
        ),
        Column("joined", "Fecha de alta", "date", "Desde cuándo es cliente.", ("10/01/2023", "02/09/2024")),
        Column("left", "Fecha de baja", "date", "Solo si dijo que no vuelve.", ("", "30/06/2026")),
    ),
)

CONTACTS = Sheet(
    "contacts",
    "Contactos",
    "Una fila por cada llamada, mensaje o visita al cliente.",
    (
        *_THE_SAME,
        Column(
            *("date", "Fecha de contacto", "date", "El día de la llamada o del mensaje."),
            ("05/10/2026", "09/10/2026"),
            required=True,
            width=18,
        ),
        Column(
            *("channel", "Canal", "choice", "Por dónde fue."),
            ("Llamada", "WhatsApp"),
            choices=("call", "whatsapp", "email", "visit"),
        ),
        Column(
            *("outcome", "Resultado", "choice", "En qué quedó. Puedes escribir otra cosa."),
            ("Pide cita", "No contesta"),
            choices=(
                *("confirmed", "answered", "no_answer", "appointment"),
                *("not_interested", "moved", "price", "seller_left"),
            ),
            open_list=True,
            width=24,
        ),
        Column("staff", "Responsable", "text", "Quién llamó o escribió.", ("Marta", "Javier"), width=20),
    ),
)

PROBLEMS = Sheet(
    "problems",
    "Incidencias",
    "Una fila por cada queja o problema, también los resueltos.",
    (
        *_THE_SAME,
        Column(
            *("opened", "Fecha de apertura", "date", "El día en que surgió."),
            ("01/10/2026", "20/10/2026"),
            required=True,
            width=18,
        ),
        Column(
            "closed", "Fecha de cierre", "date", "Vacía mientras siga abierta.", ("04/10/2026", ""), width=18
        ),
        Column(
            "kind",
            "Motivo",
            "text",
            "Qué pasó, en pocas palabras.",
            ("Espera larga", "Cobro incorrecto"),
            width=30,
        ),
        Column("staff", "Responsable", "text", "Quién se ocupa.", ("Marta", "Javier"), width=20),
        Column(
            *(
                "solved",
                "Solucionada",
                "choice",
                "Si el cliente quedó contento. Vacío mientras siga abierta.",
            ),
            ("Sí", ""),
            choices=("yes", "no"),
        ),
        Column(
            *("promised", "Respuesta prometida", "date", "Para cuándo prometiste una respuesta."),
            ("03/10/2026", "22/10/2026"),
            width=20,
        ),
        Column(
            *("detail", "Detalle", "text", "Qué pasó y qué se acordó."),
            ("Cuarenta minutos con cita", "Se cobró de más; devolver"),
            width=40,
        ),
    ),
)

PAYMENTS = Sheet(
    "payments",
    "Pagos",
    "Una fila por cada factura o cuota a plazo. Lo que se paga al momento no hace falta.",
    (
        *_THE_SAME,
        Column(
            *("due", "Vencimiento", "date", "Cuándo debía pagarse."),
            ("30/09/2026", "31/10/2026"),
            required=True,
        ),
        Column("paid", "Fecha de pago", "date", "Cuándo se pagó. Vacía = aún no.", ("02/10/2026", "")),
        Column("amount", "Importe", "money", "De la factura o cuota.", ("60,00", "60,00")),
    ),
)

SPANISH = Wording(
    language="es",
    sheets=(SALES, CLIENTS, CONTACTS, PROBLEMS, PAYMENTS),
    words={
        "completed": "Realizada",
        "cancelled": "Cancelada",
        "no_show": "No asistió",
        "booked": "Reservada",
        "refund": "Devolución",
        "yes": "Sí",
        "no": "No",
        "call": "Llamada",
        "whatsapp": "WhatsApp",
        "email": "Correo",
        "visit": "Visita",
        "confirmed": "Confirma",
        "answered": "Contesta",
        "no_answer": "No contesta",
        "appointment": "Pide cita",
        "not_interested": "No le interesa",
        "moved": "Se ha mudado",
        "price": "Le parece caro",
        "seller_left": "Se fue con su profesional",
    },
    own_columns={"payment_method": "Forma de pago", "vehicle": "Vehículo"},
    walk_in="Cliente de paso",
    instructions=Instructions(
        sheet_name="Instrucciones",
        title="Cómo rellenar esta plantilla",
        steps=(
            "1. Empieza por la hoja Ventas: una fila por servicio. Con el cliente y la fecha ya basta.",
            "2. Las demás hojas son opcionales: lo que no sepas, déjalo vacío.",
            "3. Los encabezados oscuros son imprescindibles; los claros, opcionales. No cambies sus nombres.",
            "4. Deja el puntero sobre un encabezado y verás qué se escribe en su columna.",
            "5. Guarda el archivo y súbelo. Los ejemplos de esta hoja no se leen como datos.",
        ),
        headers=("Hoja", "Columna", "¿Hace falta?", "Qué se escribe", "Ejemplo", "Otro ejemplo"),
        required="Imprescindible",
        optional="Opcional",
        example="Ejemplo: {}",
        choose="Elige de la lista: {}.",
        not_a_date="Escribe una fecha, por ejemplo 14/10/2026.",
        not_a_number="Escribe un número, sin letras ni símbolos.",
        file_title="Plantilla de Puntual",
    ),
)
